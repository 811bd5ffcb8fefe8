{#-
    All that is found in the raw tables of `segment_schemas`, as a query in the columns of `source_scan`: each table scanned once, their ids
    compared, their columns read in the information schema. rules: what `source_findings` gives.
-#}
{% macro source_measures(rules) %}
    {%- set found, tables, events, others = [], {}, [], [] -%}
    {%- for schema in seg2amp.setting("segment_schemas") if execute -%}
        {%- do tables.update({schema: seg2amp.raw_tables(schema)}) -%}
    {%- endfor -%}
    {%- for schema, all in tables.items() -%}
        {%- set own_events = [] -%}
        {%- for table in all if "track" in table.calls and table.name != "tracks" -%}
            {%- do own_events.append(table) -%}
        {%- endfor -%}
        {%- set names = own_events | map(attribute="name") | list -%}
        {%- for table in all if table.calls -%}
            {%- do found.append(seg2amp.source_scan(table, names, rules)) -%}
            {%- if table.name == "tracks" -%}
                {%- do found.extend(seg2amp.source_twins(table, names, "event_ids")) -%}
            {%- elif table not in own_events -%} {%- do others.append(table) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do events.extend(own_events) -%}
    {%- endfor -%}
    {%- do found.extend(seg2amp.source_structure(tables)) if execute -%}
    {%- do found.append(seg2amp.stale_sources(tables)) -%}
    {%- do found.extend(seg2amp.source_copies("every_id")) -%}
    {%- set nobody = seg2amp.empty_table(
        {"source_relation": "text", "source_table": "text", "id": "text"}
    ) -%}
    with
        event_ids as ({{ seg2amp.source_ids(events) or nobody }}),

        every_id as (
            select *
            from event_ids
            union all
            select *
            from ({{ seg2amp.source_ids(others) or nobody }}) as other_ids
        )

        {{ found | join("\nunion all\n") }}
{% endmacro %}
