{#- A column's name as SQL takes it, whatever stands in it. -#}
{% macro quoted_name(name) %} {{ return('"' ~ name | replace('"', '""') ~ '"') }}{% endmacro %}
