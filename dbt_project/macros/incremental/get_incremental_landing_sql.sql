{#-
    The incremental strategy `landing`: the model selects what changed in the raw data, rows that are new and rows that are gone. Those have no
    `landed_in`; how many they are stays in `build_history`.
-#}
{% macro get_incremental_landing_sql(arguments) %}
    {%- set target, changes = arguments.target_relation, arguments.temp_relation -%}
    {%- set columns = arguments.dest_columns | map(attribute="quoted") | join(", ") %}
    {%- set gone = "select count(*) from " ~ changes ~ " where landed_in is null" -%}
    {%- do seg2amp.memory().update({this.identifier ~ " rows removed": run_query(gone)[0][0] | int}) %}
    delete from {{ target }}
    where row_id in (select row_id from {{ changes }} where landed_in is null);
    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ changes }} where landed_in is not null
{% endmacro %}
