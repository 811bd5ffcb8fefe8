{#- A raw table for a FROM clause, its columns in lower case however the warehouse spells them. -#}
{% macro raw_rows(table) -%}
    {%- set renamed = [] -%}
    {%- for name, spelled in table.spelled.items() if name != spelled -%}
        {%- do renamed.append(name) -%}
    {%- endfor -%}
    {%- if not renamed -%} {{ table.relation }}
    {%- else -%}
        (
            select
                {%- for name, spelled in table.spelled.items() %}
                    {{ seg2amp.quoted_name(spelled) }} as {{ seg2amp.quoted_name(name) }}
                    {{- "," if not loop.last }}
                {%- endfor %}
            from {{ table.relation }}
        ) as raw
    {%- endif -%}
{%- endmacro %}
