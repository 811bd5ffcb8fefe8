{#- A select of no row with the given columns, {name: type}: a table that is there for others to write to. -#}
{% macro empty_table(columns) -%}
    select
        {%- for name, type in columns.items() %}
            cast(null as {{ seg2amp.type_name(type) }}) as {{ name }}{{ "," if not loop.last }}
        {%- endfor %}
    where 1 = 0
{%- endmacro %}
