{#- Whether a text has the shape of an email address. -#}
{% macro is_email(text) -%}
    {{ seg2amp.regex_matches("trim(" ~ text ~ ")", "^[^@ ]+@[^@ ]+[.][^@ .]+$") }}
{%- endmacro %}
