{#-
    A JSON value as text, as the destination's schema validation coerces it: strings as they are, numbers and booleans
    printed, an array of one unwrapped. NULL for null and for what has no text (objects, longer arrays).
    Source: Amplitude (Actions), Ajv with coerceTypes "array".
-#}
{% macro coerce_text(json) -%}
    case
        when {{ json }} is null or {{ json }} = 'null'
        then null
        when left({{ json }}, 1) = '['
        then {{ seg2amp.scalar_text(seg2amp.json_only_element(json)) }}
        else {{ seg2amp.scalar_text(json) }}
    end
{%- endmacro %}
