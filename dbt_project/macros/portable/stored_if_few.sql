{#-
    Before the select of a CTE that a later build reads few rows with: DuckDB gives a table of fewer than 122,880 rows to one core, and shares
    stored rows among all. A build that maps everything has rows enough, and stores nothing twice.
-#}
{% macro stored_if_few() %}
    {{ return(adapter.dispatch("stored_if_few", "seg2amp")()) }}
{% endmacro %}

{% macro default__stored_if_few() -%} {%- endmacro %}

{% macro duckdb__stored_if_few() -%}
    {{ "materialized" if seg2amp.last_build() is not none }}
{%- endmacro %}
