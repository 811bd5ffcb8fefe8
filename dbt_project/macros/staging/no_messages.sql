{#- The canonical message shape without a row. -#}
{% macro no_messages() -%}
    {%- set columns = {} -%}
    {%- for name in seg2amp.message_columns() -%}
        {%- do columns.update({name: "text"}) -%}
    {%- endfor -%}
    {%- do columns.update({"source_line": "bigint", "received_at": "timestamp"}) -%}
    {{ seg2amp.empty_table(columns) }}
{%- endmacro %}
