{#- SQL items as a list that is read in lines: as many stand in one as 120 characters hold. -#}
{% macro listed(items, indent=8) %}
    {%- set lines, line = [], [] -%}
    {%- for item in items -%}
        {%- if line and (line + [item]) | join(", ") | length > 120 -%}
            {%- do lines.append(line | join(", ")) -%} {%- do line.clear() -%}
        {%- endif -%}
        {%- do line.append(item) -%}
    {%- endfor -%}
    {%- do lines.append(line | join(", ")) -%}
    {{ return(lines | join(",\n" ~ " " * indent)) }}
{% endmacro %}

{#- Columns without a value, {name: type}. -#}
{% macro empty_columns(columns) %}
    {%- set items = [] -%}
    {%- for name, type in columns.items() -%}
        {%- do items.append("cast(null as " ~ seg2amp.type_name(type) ~ ") as " ~ name) -%}
    {%- endfor -%}
    {{ return(seg2amp.listed(items)) }}
{% endmacro %}

{#- A select of no row with the given columns, {name: type}: a table that is there for others to write to. -#}
{% macro empty_table(columns) -%}
    select {{ seg2amp.empty_columns(columns) }} where 1 = 0
{%- endmacro %}
