{#-
    Views on DuckDB are replaced in one statement: no reader finds one missing, and a build of many small models waits less for the disk.
    dbt's own way makes a second view, renames both and drops the first.
-#}
{% materialization view, adapter = "duckdb" %}
    {%- set before = load_cached_relation(this) -%}
    {%- set view = this.incorporate(type="view") -%}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}
    {%- if before is not none and not before.is_view -%}
        {%- do adapter.drop_relation(before) -%}
    {%- endif -%}
    {%- call statement("main") -%} create or replace view {{ view }} as ({{ sql }}) {%- endcall -%}
    {%- do persist_docs(view, model) -%}
    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
    {{ return({"relations": [view]}) }}
{% endmaterialization %}
