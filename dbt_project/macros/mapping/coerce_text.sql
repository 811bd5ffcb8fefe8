{#-
    A JSON scalar as text, as the destination's schema validation coerces it: strings as they are, numbers and booleans
    printed. NULL for null and for what has no text (objects, arrays). Source: Amplitude (Actions), Ajv's coerceTypes.
-#}
{% macro coerce_text(json) -%}
    case
        when left({{ json }}, 1) in ('"', 't', 'f')
        then {{ seg2amp.json_text(json) }}
        when left({{ json }}, 1) in ('{', '[', 'n')
        then null
        when {{ seg2amp.regex_matches(json, "^(0|-?[1-9][0-9]{0,14})$") }}
        then {{ json }}
        {%- if not seg2amp.setting("round_large_ids") %}
            when {{ seg2amp.regex_matches(json, "^-?[0-9]+$") }} then {{ json }}
        {%- endif %}
        else {{ seg2amp.number_text(seg2amp.try_cast(json, "double")) }}
    end
{%- endmacro %}
