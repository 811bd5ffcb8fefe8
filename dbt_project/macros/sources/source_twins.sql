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
