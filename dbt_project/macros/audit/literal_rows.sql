{#- A query of rows that are known when it is compiled: each {column: text, number, boolean or none}, all with the same columns. -#}
{% macro literal_rows(rows) -%}
    {%- set columns = rows[0].keys() | list -%}
    select
        {%- for column, value in rows[0].items() %}
            cast(
                {{ column }} as {{ seg2amp._literal_type(value) }}
            ) as {{ column }}{{ "," if not loop.last }}
        {%- endfor %}
    from
        (
            values
                {%- for row in rows %}
                    (
                        {%- for value in row.values() -%}
                            {{ seg2amp._literal(value) }}{{ ", " if not loop.last }}
                        {%- endfor -%}
                    )
                    {{- "," if not loop.last }}
                {%- endfor %}
        ) as literals({{ columns | join(", ") }})
{%- endmacro %}

{% macro _literal(value) -%}
    {%- if value is boolean -%} {{ value | lower }}
    {%- elif value is number -%} {{ value }}
    {%- elif value is none -%} null
    {%- else -%} {{ seg2amp.quoted(value) }}
    {%- endif -%}
{%- endmacro %}

{% macro _literal_type(value) -%}
    {%- if value is boolean -%} boolean
    {%- elif value is number -%} integer
    {%- else -%} text
    {%- endif -%}
{%- endmacro %}
