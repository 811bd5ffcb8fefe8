{#- Before the select of a CTE that is used more than once: read it again each time, where the engine would store it. -#}
{% macro read_in_place() %}
    {{ return(adapter.dispatch("read_in_place", "seg2amp")()) }}
{% endmacro %}

{% macro default__read_in_place() -%} {%- endmacro %}

{% macro duckdb__read_in_place() -%} not materialized {%- endmacro %}

{% macro postgres__read_in_place() -%} not materialized {%- endmacro %}
