{#-
    A JSON scalar as a number (double), NULL where it is none.
    Setting `parse_number_text` off: as the destination's validation coerces (numeric text as JavaScript reads it, booleans
    as 0 and 1). On: text may carry a currency sign and thousands separators as well.
-#}
{% macro coerce_number(json) -%}
    case
        when {{ json }} = 'true'
        then 1
        when {{ json }} = 'false'
        then 0
        when {{ json }} = '""' or left({{ json }}, 1) in ('{', '[', 'n')
        then null
        when left({{ json }}, 1) = '"'
        then {{ seg2amp.text_number(seg2amp.json_text(json)) }}
        else {{ seg2amp.finite(seg2amp.try_cast(json, "double")) }}
    end
{%- endmacro %}
