{{ config(materialized="incremental", incremental_strategy="by_message") }}
{%- set number = "cast(" ~ seg2amp.build_number() ~ " as bigint)" %}
{%- set last = seg2amp.last_build() -%}
{%- set again = last is not none -%}
{#- Only where staging may lack rows that it held before is every message looked up again. -#}
{%- set may_lack_rows = false -%}
{%- if again -%}
    {%- set query -%}
        select count(*)
        from {{ seg2amp.table_of("build_history") }}
        where model like 'stg%' and build_number > {{ last }} and coalesce(rows_removed, 1) > 0
    {%- endset -%}
    {%- set may_lack_rows = run_query(query)[0][0] > 0 -%}
{%- endif %}
with
    landed as {{ seg2amp.read_in_place() }} (
        select
            message_key,
            row_id,
            landed_in,
            received_at,
            is_foreign,
            source_line is null as is_table_row,
            content_hash,
            source_relation,
            source_table,
            source_line
        from {{ ref("stg_segment__messages") }}
    ),
    {%- if again %}

        touched as (
            select message_key
            from landed
            where {{ seg2amp.changed(["landed_in"]) }}
            group by message_key
            {%- if may_lack_rows %}
                union
                select known.message_key
                from {{ this }} as known
                left join landed on known.row_id = landed.row_id
                where landed.row_id is null and known.row_id is not null
            {%- endif %}
        ),
    {%- endif %}

    numbered as (
        select
            *,
            row_number() over (
                partition by message_key
                order by
                    received_at nulls last,
                    is_foreign,
                    is_table_row,
                    content_hash,
                    source_relation,
                    source_table,
                    source_line,
                    row_id
            ) as copy_number
        from landed
        {%- if again %} where message_key in (select message_key from touched) {%- endif %}
    ),

    kept as (select * from numbered where copy_number = 1)

{% if again -%}
    select
        touched.message_key,
        kept.row_id,
        kept.landed_in,
        {{ number }} as change_number,
        coalesce(before.known_since, {{ number }}) as known_since
    from touched
    left join kept on touched.message_key = kept.message_key
    left join {{ this }} as before on touched.message_key = before.message_key
    where
        kept.row_id is distinct from before.row_id
        or kept.landed_in is distinct from before.landed_in
{%- else -%}
    select
        message_key, row_id, landed_in, {{ number }} as change_number, {{ number }} as known_since
    from kept
{%- endif %}
