{#- Whether a JSON value is a number, or text of digits: where it is no moment, only that value is left out, as the destination does. -#}
{% macro is_digits(json) -%}
    {{ seg2amp.regex_matches(json, '^("-?[0-9.]+"|-?[0-9.]+([eE][+-]?[0-9]+)?)$') }}
{%- endmacro %}
