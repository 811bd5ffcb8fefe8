{#- A query of rows that are known when it is compiled: each {column: text, number, boolean or none}, all with the same columns. -#}
{% macro literal_rows(rows) -%}
    {%- set columns, lines = [], [] -%}
    {%- for name, value in rows[0].items() -%}
        {%- set type = (
            "boolean" if value is boolean else "integer" if value is number else "text"
        ) -%}
        {%- do columns.append("cast(" ~ name ~ " as " ~ type ~ ") as " ~ name) -%}
    {%- endfor -%}
    {%- for row in rows -%}
        {%- set literals = [] -%}
        {%- for value in row.values() -%}
            {%- if value is boolean -%} {%- do literals.append(value | lower) -%}
            {%- elif value is number or value is none -%}
                {%- do literals.append("null" if value is none else value) -%}
            {%- else -%} {%- do literals.append(seg2amp.quoted(value)) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do lines.append("(" ~ literals | join(", ") ~ ")") -%}
    {%- endfor -%}
    select {{ seg2amp.listed(columns) }}
    from
        (values {{ lines | join(",\n                ") }}) as literals(
            {{ rows[0].keys() | join(", ") }}
        )
{%- endmacro %}
