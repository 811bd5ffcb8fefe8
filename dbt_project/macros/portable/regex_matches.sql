{#- Whether a regular expression matches somewhere in a text. -#}
{% macro regex_matches(text, pattern) %}
    {{ return(adapter.dispatch("regex_matches", "seg2amp")(text, pattern)) }}
{% endmacro %}

{% macro default__regex_matches(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro postgres__regex_matches(text, pattern) -%}({{ text }} ~ '{{ pattern }}') {%- endmacro %}
