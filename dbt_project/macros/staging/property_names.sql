{#-
    {column: property name} that the seed `property_names` gives for a table: warehouses keep `first_name` where the message said
    `firstName`. A line without a table holds for all; one with the table comes before it.
-#}
{% macro property_names(table) %}
    {%- set known = seg2amp.memory() -%}
    {%- if "property_names" not in known -%}
        {%- set query -%}
            select lower(coalesce(source_table, '')), lower(column_name), property_name
            from {{ ref("property_names") }}
            order by 1, 2, 3
        {%- endset -%}
        {%- set names = {} -%}
        {%- for table_name, column, name in (run_query(query) if execute else []) -%}
            {%- do names.setdefault(table_name or "", {}).update({column: name}) -%}
        {%- endfor -%}
        {%- do known.update({"property_names": names}) -%}
    {%- endif -%}
    {{ return(dict(known.property_names.get("", {}), **known.property_names.get(table, {}))) }}
{% endmacro %}
