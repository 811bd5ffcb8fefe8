{#-
    Date text as epoch milliseconds, UTC; NULL where it is no date. What is finer than a millisecond is cut off.
    The common form, `2024-03-05T10:20:30.456Z`, takes the engine's own parser, up to the millisecond, because engines round what is finer
    each in its own way; whatever else a date library of JavaScript reads goes through `loose_date_ms`.
-#}
{% macro iso_ms(text, rolling) -%}
    coalesce(
        case
            when {{ seg2amp.regex_matches(text, seg2amp.iso_pattern()) }}
            then {{ seg2amp.epoch_ms(seg2amp.try_cast("left(" ~ text ~ ", 23)", "timestamp")) }}
        end,
        {{ seg2amp.loose_date_ms(text, rolling) }}
    )
{%- endmacro %}

{#- The common form of a moment, in the years 1000 to 2999. -#}
{% macro iso_pattern() %}
    {{
        return(
            "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?Z$"
        )
    }}
{% endmacro %}
