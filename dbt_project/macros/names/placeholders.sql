{#- The placeholders of a template such as `Viewed {{name}}`, in order: `name`. -#}
{% macro placeholders(template) %}
    {%- set found = [] -%}
    {%- for piece in template.split("{{")[1:] if "}}" in piece -%}
        {%- do found.append(piece.split("}}")[0] | trim) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
