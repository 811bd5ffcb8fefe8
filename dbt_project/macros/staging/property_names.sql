{#-
    {column: property name} that the seed `property_names` gives for a table: warehouses keep `first_name` where the message said
    `firstName`. A line without a table holds for all; one with the table comes before it.
-#}
{% macro property_names(table) %}
    {%- set names = {} -%}
    {%- set query -%}
        select column_name, property_name
        from {{ ref("property_names") }}
        where coalesce(source_table, '') in ('', {{ seg2amp.quoted(table) }})
        order by coalesce(source_table, ''), property_name
    {%- endset -%}
    {%- for column, name in run_query(query) if execute -%}
        {%- do names.update({column | lower: name}) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
