{#- What a door gives, {name: type}: the canonical message shape, then loaded_at and is_foreign. -#}
{% macro message_types() %}
    {%- set types = {} -%}
    {%- for name in seg2amp.message_columns() -%}
        {%- do types.update({name: "text"}) -%}
    {%- endfor -%}
    {%- do types.update({"source_line": "bigint", "received_at": "timestamp"}) -%}
    {%- do types.update({"loaded_at": "timestamp", "is_foreign": "boolean"}) -%}
    {{ return(types) }}
{% endmacro %}
