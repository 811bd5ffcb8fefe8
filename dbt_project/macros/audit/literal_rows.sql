{#- A query of rows that are known when it is compiled: each {column: text, number, boolean or none}, all with the same columns. -#}
{% macro literal_rows(rows) -%}
    {%- for row in rows %}
        select
            {%- for column, value in row.items() %}
                {{ seg2amp._literal(value) }} as {{ column }}{{ "," if not loop.last }}
            {%- endfor %}
            {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro _literal(value) -%}
    {%- if value is boolean -%} {{ value | lower }}
    {%- elif value is number -%} cast({{ value }} as integer)
    {%- elif value is none -%} cast(null as text)
    {%- else -%} cast({{ seg2amp.quoted(value) }} as text)
    {%- endif -%}
{%- endmacro %}
