{#-
    A name as Segment's warehouses write it: words of ASCII letters and digits in lower case, joined by `_`; whatever else parts words and vanishes.
    Source: go-snakecase, which Segment's warehouse loader uses.
-#}
{% macro snake_case(name) %}
    {%- set words = modules.re.findall("[A-Z0-9]+[a-z0-9]*|[a-z0-9]+", name) -%}
    {{ return(words | join("_") | lower) }}
{% endmacro %}
