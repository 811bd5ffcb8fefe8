{#-
    A dictionary that all models of one run share, for what is the same for each and costs time to make. A unit test, which has settings of its
    own, gets a new one each time. `graph` is the one object of dbt's that lives as long as a run.
-#}
{% macro memory() %}
    {%- if not execute or var("settings_under_test", none) is not none -%}
        {{ return({}) }}
    {%- endif -%}
    {%- set runs = graph.setdefault("seg2amp_memory", {}) -%}
    {{ return(runs.setdefault(invocation_id, {})) }}
{% endmacro %}
