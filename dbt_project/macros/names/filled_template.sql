{#-
    A template such as `Viewed {{name}}` as a SQL expression. values: {placeholder: SQL text}, an unknown placeholder is empty;
    text put in is never read again.
-#}
{% macro filled_template(template, values) %}
    {%- set parts = [] -%}
    {%- for piece in template.split("{{") -%}
        {%- set rest = piece -%}
        {%- if not loop.first and "}}" in piece -%}
            {%- do parts.append(values.get(piece.split("}}")[0] | trim, "''")) -%}
            {%- set rest = piece.split("}}", 1)[1] -%}
        {%- endif -%}
        {%- if rest -%}
            {%- do parts.append(dbt.string_literal(dbt.escape_single_quotes(rest))) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return("(" ~ parts | join(" || ") ~ ")") }}
{% endmacro %}
