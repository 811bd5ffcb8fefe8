{#-
    A JSON value as a template prints it: text, number or boolean as it reads, an array as it is written, an object as
    JavaScript's `[object Object]`.
-#}
{% macro printed_text(json) -%}
    case
        when left({{ json }}, 1) = '{'
        then '[object Object]'
        when left({{ json }}, 1) = '['
        then {{ json }}
        else {{ seg2amp.coerce_text(json) }}
    end
{%- endmacro %}
