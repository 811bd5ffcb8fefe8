{#- A text with every match of a regular expression replaced, or with flags 'i' the first one, in any case. -#}
{% macro regex_replace(text, pattern, replacement, flags="g") -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', '{{ flags }}')
{%- endmacro %}
