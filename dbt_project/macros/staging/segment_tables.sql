{#-
    The tables of a raw Segment schema: {table name: {column name: type}}, read from the information schema.
    Empty while dbt parses.
-#}
{% macro segment_tables(schema) %}
    {%- set query -%}
        select lower(table_name), lower(column_name), lower(data_type)
        from information_schema.columns
        where lower(table_schema) = '{{ dbt.escape_single_quotes(schema | lower) }}'
        order by table_name, ordinal_position
    {%- endset -%}
    {%- set tables = {} -%}
    {%- if execute -%}
        {%- for table, column, type in run_query(query) -%}
            {%- do tables.setdefault(table, {}).update({column: type}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(tables) }}
{% endmacro %}
