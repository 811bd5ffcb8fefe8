{#-
    A JSON scalar as a number (double), NULL where it is none.
    Numeric text counts as JavaScript reads it; with `money` it may carry a currency sign and thousands separators as well.
    With `booleans` these are 0 and 1, as the destination's validation coerces them.
-#}
{% macro coerce_number(json, money, booleans) -%}
    case
        {%- if booleans %}
            when {{ json }} = 'true' then 1 when {{ json }} = 'false' then 0
        {%- endif %}
        when
            {{ json }} = '""'
            or {{ seg2amp.is_any("left(" ~ json ~ ", 1)", ["{", "[", "n", "t", "f"]) }}
        then null
        when left({{ json }}, 1) = '"'
        then {{ seg2amp.text_number(seg2amp.json_text(json), money) }}
        else {{ seg2amp.finite(seg2amp.try_cast(json, "double")) }}
    end
{%- endmacro %}
