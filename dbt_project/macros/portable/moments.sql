{#- This moment as a naive timestamp in UTC. -#}
{% macro utc_now() -%} cast(current_timestamp at time zone 'UTC' as timestamp) {%- endmacro %}

{#-
    A timestamp as epoch milliseconds, UTC; what is finer is cut off towards the past, before 1970 too. Naive timestamps are UTC;
    infinity, which is no moment, is NULL.
-#}
{% macro epoch_ms(timestamp) %}
    {{ return(adapter.dispatch("epoch_ms", "seg2amp")(timestamp)) }}
{% endmacro %}

{#- Not DuckDB's own epoch_ms, which rounds; nor a division of doubles, which rounds in far years. -#}
{% macro default__epoch_ms(timestamp) -%}
    {%- set us = "epoch_us(" ~ timestamp ~ ")" -%}
    divide({{ us }} - ({{ us }} % 1000 + 1000) % 1000, 1000)
{%- endmacro %}

{% macro postgres__epoch_ms(timestamp) -%}
    {%- set seconds = "nullif(extract(epoch from " ~ timestamp ~ "), 'infinity')" -%}
    cast(floor(nullif({{ seconds }}, '-infinity') * 1000) as bigint)
{%- endmacro %}

{#- Epoch milliseconds as a naive timestamp in UTC. -#}
{% macro epoch_timestamp(ms) %}
    {{ return(adapter.dispatch("epoch_timestamp", "seg2amp")(ms)) }}
{% endmacro %}

{% macro default__epoch_timestamp(ms) -%} make_timestamp(({{ ms }}) * 1000) {%- endmacro %}

{% macro postgres__epoch_timestamp(ms) -%}
    (to_timestamp(({{ ms }}) / 1000.0) at time zone 'UTC')
{%- endmacro %}

{#- A timestamp column in a type whose finest part is the microsecond, what is finer cut off. type: the column's, as information_schema has it. -#}
{% macro plain_timestamp(column, type) %}
    {{ return(adapter.dispatch("plain_timestamp", "seg2amp")(column, type)) }}
{% endmacro %}

{#- DuckDB rounds nanoseconds where it casts them, and with a zone most of its functions do not take them. -#}
{% macro default__plain_timestamp(column, type) -%}
    {%- if type in ("timestamp_ns", "timestamptz_ns") -%}
        {%- set ns -%}
            epoch_ns({{ column if type == "timestamp_ns" else "timezone('UTC', " ~ column ~ ")" }})
        {%- endset -%}
        make_timestamp(divide({{ ns }} - ({{ ns }} % 1000 + 1000) % 1000, 1000))
    {%- else -%} {{ column }}
    {%- endif -%}
{%- endmacro %}

{% macro postgres__plain_timestamp(column, type) -%} {{ column }} {%- endmacro %}

{#- A timestamp column, with or without zone, as a naive timestamp in UTC; NULL for infinity. -#}
{% macro naive_utc(column) %}
    {{ return(adapter.dispatch("naive_utc", "seg2amp")(column)) }}
{% endmacro %}

{% macro default__naive_utc(column) -%} make_timestamp(epoch_us({{ column }})) {%- endmacro %}

{#- Years after 9999 are NULL too: PostgreSQL's last ones would stop the build when they are rounded. -#}
{% macro postgres__naive_utc(column) -%}
    case
        when extract(epoch from {{ column }}) between -62135596800 and 253402300799
        then to_timestamp(extract(epoch from {{ column }})) at time zone 'UTC'
    end
{%- endmacro %}

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

{#- A date as text, `2026-01-10`, whatever form the session gives to dates; NULL outside the years 1 to 9999. -#}
{% macro iso_date(date) -%}
    case
        when {{ date }} between date '0001-01-01' and date '9999-12-31'
        then {{ adapter.dispatch("iso_date", "seg2amp")(date) }}
    end
{%- endmacro %}

{% macro default__iso_date(date) -%} strftime({{ date }}, '%Y-%m-%d') {%- endmacro %}

{% macro postgres__iso_date(date) -%} to_char({{ date }}, 'YYYY-MM-DD') {%- endmacro %}
