{#- The canonical message shape without a row. -#}
{% macro no_messages() %}
    {%- set types = {"source_line": "bigint", "received_at": "timestamp"} -%}
    select
        {%- for name in seg2amp.message_columns() %}
            cast(null as {{ types.get(name, "text") }}) as {{ name }}{{ "," if not loop.last }}
        {%- endfor %}
    where 1 = 0
{% endmacro %}
