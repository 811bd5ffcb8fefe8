{#- A JSON value if it is an object, else NULL. -#}
{% macro coerce_object(json) %}
    case when left({{ json }}, 1) = '{' then {{ json }} end
{% endmacro %}
