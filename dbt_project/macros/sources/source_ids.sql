{#- The message ids of raw tables, as a select of source_relation, source_table and id; none where no table has ids. tables: as raw_tables gives them. -#}
{% macro source_ids(tables) -%}
    {%- set parts = [] -%}
    {%- for table in tables if "id" in table.columns -%}
        {%- set part -%}
            select
                {{ seg2amp.quoted(table.schema) }} as source_relation,
                {{ seg2amp.quoted(table.name) }} as source_table,
                cast({{ seg2amp.quoted_name("id") }} as text) as id
            from {{ seg2amp.raw_rows(table) }}
            where {{ seg2amp.quoted_name("id") }} is not null
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {{ return(parts | join(" union all ")) }}
{%- endmacro %}
