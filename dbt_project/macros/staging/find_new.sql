{#-
    Says of each portion whether it must be read again: `unchanged`, or in `since` from which load on (SQL of a moment, none for the whole).
    Of rows up to the newest landed one the number and the sum of their `row_hash` are asked first. Where these are as they were landed, only
    what was loaded later is new. Else rows came late or were deleted: within `look_back_hours` before the newest, or anywhere in the table.
    Two queries, one for what was landed, one for the raw tables.
    window: SQL, the rows in staging that stand for what the portions read now.
-#}
{% macro find_new(portions, window) %}
    {%- set look_back = modules.datetime.timedelta(hours=seg2amp.setting("look_back_hours")) -%}
    {%- set moment = modules.datetime.timedelta(microseconds=1) -%}
    {#- A line of raw JSON has its id inside. -#}
    {%- set has_ids = portions and portions[0].raw is not defined -%}
    {%- set landed, loads, found = {}, [], {} -%}
    {%- set query %}
    {%- set hours = seg2amp.setting("look_back_hours") -%}
    with
        held as (
            select
                source_relation,
                source_table,
                {{ "message_id" if has_ids else "cast(null as text)" }} as id,
                loaded_at,
                max(loaded_at) over (partition by source_relation, source_table) as newest
            from {{ this }}
            where {{ window }}
        )

    select
        source_relation,
        source_table,
        {{ seg2amp._load_counts("newest - interval '" ~ hours ~ "' hour") }}
    from held
    group by source_relation, source_table
    {%- endset -%}
    {%- for row in run_query(query) -%}
        {%- do landed.update({row[0] ~ "|" ~ row[1]: row.values()[2:]}) -%}
    {%- endfor -%}
    {%- for portion in portions -%}
        {%- set counts = landed.get(portion.table.schema ~ "|" ~ portion.table.name) -%}
        {%- if portion.loaded_at and counts and counts[4] is not none -%}
            {%- do portion.update({"landed": counts}) -%}
            {%- set query %}
    select
        {{ loop.index0 }} as portion,
        {% if "message_id" in (portion.columns or []) %} message_id
        {% elif portion.columns is not defined and portion.raw is not defined and "id" in portion.table.columns %}
            cast({{ seg2amp.quoted_name("id") }} as text)
        {% else %} cast(null as text)
        {% endif %} as id,
        {{ portion.loaded_at }} as loaded_at,
        {{ seg2amp.moment_literal(counts[4]) }} as newest,
        {{ seg2amp.moment_literal(counts[4] - look_back) }} as look_back
    from {{ portion.relation or seg2amp.raw_rows(portion.table) }}
    where {{ portion.conditions | join(" and ") }}
            {%- endset -%}
            {%- do loads.append(query) -%}
            {%- do portion.update({"number": loop.index0}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set query -%}
        select portion, {{ seg2amp._load_counts("look_back") }}
        from ({{ loads | join(" union all ") }}) as loads
        group by portion
    {%- endset -%}
    {%- for row in (run_query(query) if loads else []) -%}
        {%- do found.update({row[0] | int: row.values()[1:]}) -%}
    {%- endfor -%}
    {%- for portion in portions if portion.landed -%}
        {%- set landed, counts = portion.landed, found.get(portion.number, []) -%}
        {%- set since = none -%}
        {%- if counts[2:] == landed[2:] -%} {%- do portion.update({"unchanged": true}) -%}
        {%- elif counts[2:4] == landed[2:4] -%} {%- set since = landed[4] + moment -%}
        {%- elif counts[:2] == landed[:2] -%} {%- set since = landed[4] - look_back -%}
        {%- endif -%}
        {%- do portion.update({"since": seg2amp.moment_literal(since) if since else none}) -%}
    {%- endfor -%}
{% endmacro %}

{#-
    Of rows with id, loaded_at and newest: how many there are and the sum of their `row_hash`, before the look-back and up to the newest landed
    one; a row that came late does not stand in for one that was deleted. Then the newest of all.
-#}
{% macro _load_counts(look_back) -%}
    {%- set hash = seg2amp.row_hash("id", "loaded_at") -%}
    count(case when loaded_at < {{ look_back }} then 1 end) as earlier_rows,
    sum(case when loaded_at < {{ look_back }} then {{ hash }} end) as earlier_hashes,
    count(case when coalesce(loaded_at <= newest, true) then 1 end) as known_rows,
    sum(case when coalesce(loaded_at <= newest, true) then {{ hash }} end) as known_hashes,
    max(loaded_at) as newest_load
{%- endmacro %}
