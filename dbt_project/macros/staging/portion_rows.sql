{#- Condition: the rows of a staging model that came from one portion. -#}
{% macro portion_rows(portion) -%}
    source_relation = {{ seg2amp.quoted(portion.table.schema) }}
    and source_table = {{ seg2amp.quoted(portion.table.name) }}
{%- endmacro %}
