{#-
    A timestamp as ISO-8601 text in UTC with milliseconds, `2026-01-10T09:00:00.123Z`, what is finer cut off, the same on every engine and in
    every session's time zone. NULL outside the years 1 to 9999, for which that form has no words.
-#}
{% macro iso_text(timestamp) %}
    {{ return(adapter.dispatch("iso_text", "seg2amp")(timestamp)) }}
{% endmacro %}

{% macro default__iso_text(timestamp) -%}
    {%- set us = "epoch_us(" ~ timestamp ~ ")" -%}
    case
        when {{ us }} between -62135596800000000 and 253402300799999999
        then strftime(make_timestamp({{ us }}), '%Y-%m-%dT%H:%M:%S.%gZ')
    end
{%- endmacro %}

{#- PostgreSQL counts these seconds as doubles; half a millisecond more keeps their error, in years far away, from changing the millisecond. -#}
{% macro postgres__iso_text(timestamp) -%}
    {%- set ms = seg2amp.epoch_ms(timestamp) -%}
    case
        when {{ ms }} between -62135596800000 and 253402300799999
        then
            to_char(
                to_timestamp(({{ ms }} + 0.5) / 1000) at time zone 'UTC',
                'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
            )
    end
{%- endmacro %}
