{#-
    The schemas of this database that hold tables as Segment makes them, {schema: [table]}, those aside that are read already, the models' own
    and the seeds'; empty while dbt parses. Source: the calls' tables, and the columns that all of them have.
-#}
{% macro schemas_like_segment() %}
    {%- set names = [] -%}
    {%- for name in seg2amp.call_tables() -%}
        {%- do names.append(seg2amp.quoted(name)) -%}
    {%- endfor -%}
    {%- set query -%}
        select table_schema, lower(table_name)
        from information_schema.columns
        where
            lower(table_name) in ({{ names | join(", ") }})
            and lower(table_catalog) = {{ seg2amp.quoted(target.database | lower) }}
        group by table_schema, lower(table_name)
        having
            count(case when lower(column_name) = 'id' then 1 end) > 0
            and count(
                case
                    when lower(column_name) in ('received_at', 'original_timestamp', 'uuid_ts') then 1
                end
            )
            > 0
        order by table_schema, lower(table_name)
    {%- endset -%}
    {%- set known = ["segment_seeds", target.schema | lower] -%}
    {%- for schema in seg2amp.setting("segment_schemas") -%}
        {%- do known.append(schema.split(".") | last | lower) -%}
    {%- endfor -%}
    {%- set found = {} -%}
    {%- for schema, table in run_query(query) if execute and schema | lower not in known -%}
        {%- do found.setdefault(schema, []).append(table) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
