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
