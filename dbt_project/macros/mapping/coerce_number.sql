{#-
    A JSON value as a number (double), NULL where it is none.
    Setting `parse_number_text` off: as the destination's validation coerces (numeric text as JavaScript reads it, booleans
    as 0 and 1, an array of one unwrapped). On: text may carry a currency sign and thousands separators as well.
-#}
{% macro coerce_number(json) -%}
    case
        when {{ json }} is null or {{ json }} in ('null', '""')
        then null
        when left({{ json }}, 1) = '['
        then {{ seg2amp.scalar_number(seg2amp.json_only_element(json)) }}
        else {{ seg2amp.scalar_number(json) }}
    end
{%- endmacro %}
