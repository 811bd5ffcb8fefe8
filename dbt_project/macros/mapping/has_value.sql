{#- Whether a JSON column holds a value: there, not null, not the empty string. -#}
{% macro has_value(json) %} {{ return("(" ~ json ~ " not in ('null', '\"\"'))") }}{% endmacro %}
