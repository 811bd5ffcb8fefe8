{#- A timestamp column, with or without zone, as a naive timestamp in UTC. -#}
{% macro naive_utc(column) %}
    {{ return(adapter.dispatch("naive_utc", "seg2amp")(column)) }}
{% endmacro %}

{% macro default__naive_utc(column) -%} make_timestamp(epoch_us({{ column }})) {%- endmacro %}

{% macro postgres__naive_utc(column) -%}
    (to_timestamp(extract(epoch from {{ column }})) at time zone 'UTC')
{%- endmacro %}
