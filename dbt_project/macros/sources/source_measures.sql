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

{#- The message ids of raw tables, as a select of source_relation, source_table and id; none where no table has ids. tables: as raw_tables gives them. -#}
{% macro source_ids(tables) -%}
    {%- set parts = [] -%}
    {%- for table in tables if "id" in table.columns -%}
        {%- set part -%}
            select
                {{ seg2amp.quoted(table.schema) }} as source_relation,
                {{ seg2amp.quoted(table.name) }} as source_table,
                cast({{ seg2amp.quoted_name("id") }} as text) as id
            from {{ seg2amp.raw_rows(table) }}
            where {{ seg2amp.quoted_name("id") }} is not null
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {{ return(parts | join(" union all ")) }}
{%- endmacro %}

{#-
    What `tracks` and the tables of its events tell of each other: a list of selects in the columns of `source_scan`, one row for each event
    or table. ids: the relation of the events' ids, as `source_ids` gives them.
-#}
{% macro source_twins(tracks, event_tables, ids) %}
    {%- if not event_tables or "id" not in tracks.columns -%} {{ return([]) }}{%- endif -%}
    {%- set schema = seg2amp.quoted(tracks.schema) -%}
    {%- set names = ["event_text", "event"] | select("in", tracks.columns) | list -%}
    {%- set calls -%}
        select
            cast({{ seg2amp.quoted_name("id") }} as text) as id,
            {% if names -%} cast({{ seg2amp.quoted_name(names[0]) }} as text)
            {%- else -%} cast(null as text)
            {%- endif %} as event_name,
            {{ seg2amp.has_event_table(event_tables if "event" in names else []) }} as has_table,
            {{ seg2amp.waits_for_twin(tracks) }} as waits
        from {{ seg2amp.raw_rows(tracks) }}
        where {{ seg2amp.event_is_chosen(tracks) }}
    {%- endset -%}
    {%- set alone -%}
        select
            case
                when not has_table
                then 'tracks_without_table'
                when waits
                then 'tracks_waiting'
                else 'tracks_without_row'
            end as finding,
            {{ schema }} as source_relation,
            'tracks' as source_table,
            cast(null as text) as column_name,
            count(*) as row_count,
            cast(null as bigint) as of_rows,
            event_name as detail
        from ({{ calls }}) as calls
        where
            event_name is not null
            and (id is not null or not has_table)
            and not exists (
                select 1
                from {{ ids }} as twin
                where twin.source_relation = {{ schema }} and twin.id = calls.id
            )
        group by 1, 7
    {%- endset -%}
    {%- set strangers -%}
        select
            'event_rows_without_tracks' as finding,
            source_relation,
            source_table,
            cast(null as text) as column_name,
            count(*) as row_count,
            cast(null as bigint) as of_rows,
            cast(null as text) as detail
        from {{ ids }} as strangers
        where
            source_relation = {{ schema }}
            and not exists (
                select 1 from ({{ calls }}) as calls where calls.id = strangers.id
            )
        group by 2, 3
    {%- endset -%}
    {{ return([alone, strangers]) }}
{% endmacro %}

{#- What message ids tell of tables and schemas that hold the same one: a list of selects in the columns of `source_scan`. ids: as `source_ids` gives them. -#}
{% macro source_copies(ids) %}
    {%- set parts = [] -%}
    {%- for finding, place, within in [
        ["id_in_several_tables", "source_table", "source_relation"],
        ["id_in_several_sources", "source_relation", "cast(null as text)"],
    ] -%}
        {%- set part -%}
            select
                '{{ finding }}' as finding,
                min(source_relation) as source_relation,
                cast(null as text) as source_table,
                'id' as column_name,
                count(*) as row_count,
                cast(null as bigint) as of_rows,
                'such as in ' || min(first_place) || ' and ' || max(last_place) as detail
            from
                (
                    select
                        min(source_relation) as source_relation,
                        min({{ place }}) as first_place,
                        max({{ place }}) as last_place
                    from {{ ids }}
                    group by id, {{ within }}
                    having min({{ place }}) <> max({{ place }})
                ) as shared
            group by {{ "source_relation" if loop.first else "cast(null as text)" }}
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}
