{#- SQL: when Segment loaded a row of a raw table, naive UTC; none where the table does not tell. Source: uuid_ts, on BigQuery loaded_at. -#}
{% macro load_time(table) %}
    {%- set column = ["uuid_ts", "loaded_at"] | select("in", table.columns) | first -%}
    {{ return(seg2amp.moment(column, table.columns[column]) if column else none) }}
{% endmacro %}
