{#- The rows of one portion that meet a condition, in the canonical message shape with loaded_at and is_foreign. -#}
{% macro portion_messages(portion, condition) -%}
    {%- if portion.columns is not defined -%}
        {{ seg2amp.messages_from_table(portion.table, portion.call_type, condition) }}
    {%- else -%}
        select
            {%- for name in seg2amp.message_types() %}
                {% if name in portion.columns -%} {{ name }}
                {%- else -%} null as {{ name }}
                {%- endif %}
                {{- "," if not loop.last }}
            {%- endfor %}
        from {{ portion.relation }}
        where {{ condition }}
    {%- endif -%}
{%- endmacro %}
