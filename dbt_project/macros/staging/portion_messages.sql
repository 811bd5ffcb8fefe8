{#- The rows of a portion that is a query of its own and meet a condition, in the canonical message shape with loaded_at and is_foreign. -#}
{% macro portion_messages(portion, condition) -%}
    select
        {%- for name in seg2amp.message_types() %}
            {% if name in portion.columns -%} {{ name }}
            {%- else -%} null as {{ name }}
            {%- endif %}
            {{- "," if not loop.last }}
        {%- endfor %}
    from {{ portion.relation }}
    where {{ condition }}
{%- endmacro %}
