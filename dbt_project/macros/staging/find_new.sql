{#-
    Says of each portion whether it must be read again: `unchanged`, or in `since` from which load on (SQL of a moment, none for the whole).
    Rows loaded before the newest landed one by more than `look_back_hours` are only counted, and their load times added up: where that is
    not as it was landed, rows came late or were deleted. Two queries, one for what was landed, one for the raw tables.
    window: SQL, the rows in staging that stand for what the portions read now.
-#}
{% macro find_new(portions, window) %}
    {%- set look_back = modules.datetime.timedelta(hours=seg2amp.setting("look_back_hours")) -%}
    {%- set landed, loads, found = {}, [], {} -%}
    {%- for row in run_query(seg2amp._landed_counts(window)) -%}
        {%- do landed.update({row[0] ~ "|" ~ row[1]: row.values()[2:]}) -%}
    {%- endfor -%}
    {%- for portion in portions -%}
        {%- set counts = landed.get(portion.table.schema ~ "|" ~ portion.table.name) -%}
        {%- if portion.loaded_at and counts and counts[4] is not none -%}
            {%- do portion.update({"since": seg2amp.moment_literal(counts[4] - look_back)}) -%}
            {%- do portion.update({"landed": counts}) -%}
            {%- do loads.append(seg2amp._raw_loads(portion, loop.index0)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for row in (run_query(seg2amp._raw_counts(loads)) if loads else []) -%}
        {%- do found.update({row[0] | int: row.values()[1:]}) -%}
    {%- endfor -%}
    {%- for portion in portions -%}
        {%- set counts = found.get(loop.index0, []) -%}
        {%- do portion.update({"unchanged": portion.landed and counts == portion.landed}) -%}
        {%- if portion.landed and counts[:2] != portion.landed[:2] -%}
            {%- do portion.update({"since": none}) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{% macro _landed_counts(window) -%}
    with
        held as (
            select
                source_relation,
                source_table,
                loaded_at,
                max(loaded_at) over (partition by source_relation, source_table) as newest
            from {{ this }}
            where {{ window }}
        )

    select
        source_relation,
        source_table,
        {{
            seg2amp._load_counts(
                "newest - interval '" ~ seg2amp.setting("look_back_hours") ~ "' hour"
            )
        }}
    from held
    group by source_relation, source_table
{%- endmacro %}

{% macro _raw_loads(portion, index) -%}
    select
        {{ index }} as portion, {{ portion.loaded_at }} as loaded_at, {{ portion.since }} as since
    from {{ portion.relation or seg2amp.raw_rows(portion.table) }}
    where {{ portion.conditions | join(" and ") }}
{%- endmacro %}

{% macro _raw_counts(loads) -%}
    select portion, {{ seg2amp._load_counts("since") }}
    from ({{ loads | join(" union all ") }}) as loads
    group by portion
{%- endmacro %}

{#- How many rows there are, and the sum of their load times: one that came late does not stand in for one that was deleted. -#}
{% macro _load_counts(since) -%}
    {%- set ms = seg2amp.epoch_ms("loaded_at") -%}
    count(case when loaded_at < {{ since }} then 1 end) as earlier_rows,
    sum(case when loaded_at < {{ since }} then {{ ms }} end) as earlier_loads,
    count(*) as all_rows,
    sum({{ ms }}) as all_loads,
    max(loaded_at) as newest
{%- endmacro %}
