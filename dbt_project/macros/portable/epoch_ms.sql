{#- A timestamp as epoch milliseconds, UTC; what is finer is cut off. Naive timestamps are UTC. -#}
{% macro epoch_ms(timestamp) %}
    {{ return(adapter.dispatch("epoch_ms", "seg2amp")(timestamp)) }}
{% endmacro %}

{#- Not DuckDB's own epoch_ms, which rounds. -#}
{% macro default__epoch_ms(timestamp) -%}
    cast(floor(epoch_us({{ timestamp }}) / 1000) as bigint)
{%- endmacro %}

{% macro postgres__epoch_ms(timestamp) -%}
    cast(floor(extract(epoch from {{ timestamp }}) * 1000) as bigint)
{%- endmacro %}
