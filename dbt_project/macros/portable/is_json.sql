{#- Whether a text is one whole JSON value; false for NULL. -#}
{% macro is_json(text) %} {{ return(adapter.dispatch("is_json", "seg2amp")(text)) }}{% endmacro %}

{% macro default__is_json(text) -%} coalesce(json_valid({{ text }}), false) {%- endmacro %}

{% macro postgres__is_json(text) -%}
    coalesce(pg_input_is_valid({{ text }}, 'jsonb'), false)
{%- endmacro %}
