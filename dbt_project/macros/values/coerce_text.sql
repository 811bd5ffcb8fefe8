{#-
    A JSON scalar as text, as the destination's schema validation coerces it: strings as they are, numbers and booleans
    printed. NULL for null and for what has no text (objects, arrays). rounded: whether a number beyond 2^53 loses its last digits, as it
    does in JavaScript. Source: Amplitude (Actions), Ajv's coerceTypes.
-#}
{% macro coerce_text(json, rounded=false) -%}
    case
        when left({{ json }}, 1) in ('"', 't', 'f')
        then {{ seg2amp.json_text(json) }}
        when left({{ json }}, 1) in ('{', '[', 'n')
        then null
        when {{ seg2amp.regex_matches(json, "^(0|-?[1-9][0-9]{0,14})$") }}
        then {{ json }}
        {%- if not rounded %}
            when {{ seg2amp.regex_matches(json, "^-?[0-9]+$") }} then {{ json }}
        {%- endif %}
        else {{ seg2amp.number_text(seg2amp.try_cast(json, "double")) }}
    end
{%- endmacro %}
