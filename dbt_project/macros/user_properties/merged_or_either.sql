{#- Two JSON objects merged, the second winning; where one is NULL, the other alone. -#}
{% macro merged_or_either(first, second) -%}
    case
        when {{ first }} is null
        then {{ second }}
        when {{ second }} is null
        then {{ first }}
        else {{ seg2amp.json_merge(first, second) }}
    end
{%- endmacro %}
