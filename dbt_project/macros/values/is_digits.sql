{#- Whether a JSON value is a number, or text of digits: where it is no moment, only that value is left out, as the destination does. -#}
{% macro is_digits(json) -%}
    {{ seg2amp.regex_matches(json, '^("-?[0-9.]+"|-?[0-9.]+([eE][+-]?[0-9]+)?)$') }}
{%- endmacro %}

{#- Whether one of several columns of JSON objects does. -#}
{% macro any_has_empty_key(columns) -%}
    {%- set asked = [] -%}
    {%- for column in columns -%}
        {%- do asked.append(seg2amp.call("has_empty_key", column)) -%}
    {%- endfor -%}
    {{ asked | join(" or ") }}
{%- endmacro %}
