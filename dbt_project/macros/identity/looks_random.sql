{#- Whether an id looks drawn by lot: 16 characters or more, digits and letters, no blanks. -#}
{% macro looks_random(id) -%}
    (
        {{ seg2amp.regex_matches(id, "^[0-9A-Za-z_-]{16,}$") }}
        and {{ seg2amp.regex_matches(id, "[0-9]") }}
        and {{ seg2amp.regex_matches(id, "[A-Za-z]") }}
    )
{%- endmacro %}
