{#-
    Date text as epoch milliseconds, UTC; NULL where it is no date.
    The common form, `2024-03-05T10:20:30.456Z`, takes the engine's own parser; whatever else a date library of
    JavaScript reads goes through `loose_date_ms`.
-#}
{% macro iso_ms(text) -%}
    {%- set iso = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$" -%}
    coalesce(
        case
            when {{ seg2amp.regex_matches(text, iso) }}
            then {{ seg2amp.epoch_ms(seg2amp.try_cast(text, "timestamp")) }}
        end,
        {{ seg2amp.loose_date_ms(text) }}
    )
{%- endmacro %}
