{#-
    A dictionary that all models of one run share, for what is the same for each and costs time to make. Unit tests share one with those that have
    the same settings. `graph` is the one object of dbt's that lives as long as a run.
-#}
{% macro memory() %}
    {%- if not execute -%} {{ return({}) }}{%- endif -%}
    {%- set runs = graph.setdefault("seg2amp_memory", {}) -%}
    {%- set settings = tojson(var("settings_under_test", none)) -%}
    {{ return(runs.setdefault(invocation_id ~ settings, {})) }}
{% endmacro %}
