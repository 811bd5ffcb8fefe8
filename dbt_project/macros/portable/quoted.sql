{#- A text as a SQL literal. -#}
{% macro quoted(text) %} {{ return("'" ~ text | replace("'", "''") ~ "'") }}{% endmacro %}
