{#-
    Says of each portion whether it must be read again: `unchanged`, or in `since` from which load on (SQL of a moment, none for the whole).
    Rows loaded before the newest landed one by more than `look_back_hours` are only counted, and their load times added up: where that is
    not as it was landed, rows came late or were deleted. Two queries, one for what was landed, one for the raw tables.
    window: SQL, the rows in staging that stand for what the portions read now.
-#}
{% macro find_new(portions, window) %}
    {%- set landed = {} -%}
    {%- for row in run_query(seg2amp._landed_counts(window)) -%}
        {%- do landed.update({row[0] ~ "|" ~ row[1]: row.values()[2:]}) -%}
    {%- endfor -%}
    {%- set look_back = modules.datetime.timedelta(hours=seg2amp.setting("look_back_hours")) -%}
    {%- set counts = [] -%}
    {%- for portion in portions -%}
        {%- set key = portion.table.schema ~ "|" ~ portion.table.name -%}
        {%- if portion.loaded_at and key in landed and landed[key][4] is not none -%}
            {%- do portion.update({"since": seg2amp.moment_literal(landed[key][4] - look_back)}) -%}
            {%- do portion.update({"landed": landed[key]}) -%}
            {%- do counts.append(seg2amp._raw_counts(portion, loop.index0)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for row in (run_query(counts | join(" union all ")) if counts else []) -%}
        {%- set portion = portions[row[0] | int] -%}
        {%- do portion.update({"unchanged": row.values()[1:] == portion.landed}) -%}
        {%- if row.values()[1:3] != portion.landed[:2] -%}
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
        {%- set hours = seg2amp.setting("look_back_hours") %}
        {{
            seg2amp._load_counts(
                "loaded_at", "loaded_at < newest - interval '" ~ hours ~ "' hour"
            )
        }},
        max(newest) as newest
    from held
    group by source_relation, source_table
{%- endmacro %}

{% macro _raw_counts(portion, index) -%}
    select
        {{ index }} as portion,
        {{ seg2amp._load_counts(portion.loaded_at, portion.loaded_at ~ " < " ~ portion.since) }},
        max({{ portion.loaded_at }}) as newest
    from {{ portion.relation or seg2amp.raw_rows(portion.table) }}
    where {{ portion.conditions | join(" and ") }}
{%- endmacro %}

{#- How many rows there are, and the sum of their load times: one that came late does not stand in for one that was deleted. -#}
{% macro _load_counts(loaded_at, is_earlier) -%}
    {%- set ms = seg2amp.epoch_ms(loaded_at) -%}
    count(case when {{ is_earlier }} then 1 end) as earlier_rows,
    sum(case when {{ is_earlier }} then {{ ms }} end) as earlier_loads,
    count(*) as all_rows,
    sum({{ ms }}) as all_loads
{%- endmacro %}
