{#- What a door gives, the canonical message shape first, without a row. -#}
{% macro no_messages() -%}
    {%- set columns = {} -%}
    {%- for name in seg2amp.message_columns() -%}
        {%- do columns.update({name: "text"}) -%}
    {%- endfor -%}
    {%- do columns.update({"source_line": "bigint", "received_at": "timestamp"}) -%}
    {%- do columns.update({"loaded_at": "timestamp", "is_foreign": "boolean"}) -%}
    {{ seg2amp.empty_table(columns) }}
{%- endmacro %}
