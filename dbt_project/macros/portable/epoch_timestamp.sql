{#- Epoch milliseconds as a naive timestamp in UTC. -#}
{% macro epoch_timestamp(ms) %}
    {{ return(adapter.dispatch("epoch_timestamp", "seg2amp")(ms)) }}
{% endmacro %}

{% macro default__epoch_timestamp(ms) -%} make_timestamp(({{ ms }}) * 1000) {%- endmacro %}

{% macro postgres__epoch_timestamp(ms) -%}
    (to_timestamp(({{ ms }}) / 1000.0) at time zone 'UTC')
{%- endmacro %}
