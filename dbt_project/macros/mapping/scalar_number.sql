{#- A JSON scalar as a finite number; booleans are 1 and 0; NULL for anything else. -#}
{% macro scalar_number(json) -%}
    case
        when {{ json }} = 'true'
        then 1
        when {{ json }} = 'false'
        then 0
        when left({{ json }}, 1) = '"'
        then {{ seg2amp.text_number(seg2amp.json_text(json)) }}
        when left({{ json }}, 1) in ('{', '[', 'n')
        then null
        else {{ seg2amp.finite(seg2amp.try_cast(json, "double")) }}
    end
{%- endmacro %}
