{#- The nth group of a regular expression in a text (0: the whole match), NULL where it does not match or is empty. -#}
{% macro regex_group(text, pattern, n) %}
    {{ return(adapter.dispatch("regex_group", "seg2amp")(text, pattern, n)) }}
{% endmacro %}

{% macro default__regex_group(text, pattern, n) -%}
    nullif(regexp_extract({{ text }}, '{{ pattern }}', {{ n }}), '')
{%- endmacro %}

{% macro postgres__regex_group(text, pattern, n) -%}
    {%- if n == 0 -%} nullif((regexp_match({{ text }}, '({{ pattern }})'))[1], '')
    {%- else -%} nullif((regexp_match({{ text }}, '{{ pattern }}'))[{{ n }}], '')
    {%- endif -%}
{%- endmacro %}
