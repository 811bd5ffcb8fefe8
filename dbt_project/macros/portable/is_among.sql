{#- Condition: whether a text is one of a list of texts. -#}
{% macro is_among(text, texts) %}
    {{ return(adapter.dispatch("is_among", "seg2amp")(text, texts)) }}
{% endmacro %}

{% macro default__is_among(text, texts) -%} list_contains({{ texts }}, {{ text }}) {%- endmacro %}

{% macro postgres__is_among(text, texts) -%} {{ text }} = any({{ texts }}) {%- endmacro %}
