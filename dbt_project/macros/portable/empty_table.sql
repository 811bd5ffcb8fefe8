{#- A select of no row with the given columns, {name: type}: a table that is there for others to write to. -#}
{% macro empty_table(columns) -%}
    select {{ seg2amp.empty_columns(columns) }} where 1 = 0
{%- endmacro %}
