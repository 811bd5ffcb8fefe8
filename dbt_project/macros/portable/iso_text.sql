{#- A timestamp as ISO-8601 text in UTC with milliseconds, `2026-01-10T09:00:00.123Z`, the same on every engine. -#}
{% macro iso_text(timestamp) %}
    {{ return(adapter.dispatch("iso_text", "seg2amp")(timestamp)) }}
{% endmacro %}

{% macro default__iso_text(timestamp) -%}
    strftime(make_timestamp({{ seg2amp.epoch_ms(timestamp) }} * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')
{%- endmacro %}

{% macro postgres__iso_text(timestamp) -%}
    to_char({{ seg2amp.naive_utc(timestamp) }}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
{%- endmacro %}
