{#- A moment, as ISO text in UTC or as a datetime, as a literal of a naive timestamp. -#}
{% macro moment_literal(moment) -%}
    cast('{{ (moment | string).rstrip("Z") | replace("T", " ") }}' as timestamp)
{%- endmacro %}
