{#- This moment as a naive timestamp in UTC. -#}
{% macro utc_now() -%} cast(current_timestamp at time zone 'UTC' as timestamp) {%- endmacro %}
