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

{#-
    The schemas whose last load is longer ago than `stale_after_hours`, as a query in the columns of `source_scan`; none where that is 0.
    The newest row of any table counts, as rare events load rarely. tables: {schema: what `raw_tables` gives}.
-#}
{% macro stale_sources(tables) -%}
    {%- set hours = seg2amp.setting("stale_after_hours") -%}
    {%- set parts = [] -%}
    {%- for schema, all in tables.items() if hours -%}
        {%- set loads = [] -%}
        {%- for table in all if table.calls and seg2amp.load_time(table) -%}
            {%- do loads.append(
                "select max("
                ~ seg2amp.load_time(table)
                ~ ") as loaded_at from "
                ~ seg2amp.raw_rows(table)
            ) -%}
        {%- endfor -%}
        {%- set part -%}
            select
                'stale' as finding,
                {{ seg2amp.quoted(schema) }} as source_relation,
                cast(null as text) as source_table,
                cast(null as text) as column_name,
                cast(null as bigint) as row_count,
                cast(null as bigint) as of_rows,
                'the last load was at ' || cast(max(loaded_at) as text) || ' UTC' as detail
            from ({{ loads | join(" union all ") }}) as loads
            having max(loaded_at) < {{ seg2amp.utc_now() }} - interval '{{ hours }}' hour
        {%- endset -%}
        {%- do parts.append(part) if loads -%}
    {%- endfor -%}
    {%- set no_finding = {
        "finding": "text",
        "source_relation": "text",
        "source_table": "text",
        "column_name": "text",
        "row_count": "bigint",
        "of_rows": "bigint",
        "detail": "text",
    } -%}
    {{ parts | join(" union all ") or seg2amp.empty_table(no_finding) }}
{%- endmacro %}
