{#-
    The tables of a raw Segment schema: {table name: {column name: type}}, read from the information schema.
    Empty while dbt parses.
-#}
{% macro segment_tables(schema) %}
    {%- set tables = {} -%}
    {%- if execute -%}
        {%- set found = run_query(
            "select lower(table_name), lower(column_name), lower(data_type) from information_schema.columns where lower(table_schema) = '"
            ~ (schema | lower | replace("'", "''"))
            ~ "' order by table_name, ordinal_position"
        ) -%}
        {%- for row in found -%}
            {%- do tables.setdefault(row[0], {}).update({row[1]: row[2]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(tables) }}
{% endmacro %}
