{#- Columns without a value, {name: type}. -#}
{% macro empty_columns(columns) -%}
    {%- for name, type in columns.items() %}
        cast(null as {{ seg2amp.type_name(type) }}) as {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
