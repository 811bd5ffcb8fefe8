{#-
    When Segment loaded a raw table last, as a query of one moment: what `dbt source freshness` asks. Where the table is not there, or does
    not tell, nothing is known to be late, and it is this moment. table: the relation of the source.
-#}
{% macro last_load(table) -%}
    {%- set found = [] -%}
    {%- for raw_table in seg2amp.raw_tables(table.database ~ "." ~ table.schema) -%}
        {%- if raw_table.name == table.identifier | lower and seg2amp.load_time(raw_table) -%}
            {%- do found.append(raw_table) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if found -%}
        select max({{ seg2amp.load_time(found[0]) }}) from {{ seg2amp.raw_rows(found[0]) }}
    {%- else -%} select {{ seg2amp.utc_now() }}
    {%- endif -%}
{%- endmacro %}
