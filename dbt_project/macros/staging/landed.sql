{#-
    The raw rows of one staging model that are not in it yet, and the `row_id` of those in it that are gone from the raw data; on a first
    build all rows. A build that maps everything anew takes in all that it reads.
    found  SQL, the rows that are read now: message columns, loaded_at, is_foreign
    kept   SQL, of the rows `held` in this model those that are not read again now
-#}
{% macro landed(found, kept) %}
    {%- set columns = seg2amp.message_columns() + ["loaded_at", "is_foreign"] -%}
    {%- set continues = seg2amp.last_build() is not none -%}
    with
        found as ({{ found }}),

        hashed as (
            select
                {%- for name in columns if name != "content_hash" %} {{ name }}, {%- endfor %}
                coalesce(content_hash, {{ seg2amp.content_hash() }}) as content_hash
            from found
        ),

        counted as (
            select
                *,
                row_number() over (
                    partition by
                        source_relation,
                        source_table,
                        source_line,
                        message_id,
                        received_at,
                        content_hash,
                        loaded_at
                ) as same
            from hashed
        ),

        present as (
            select
                {{ columns | join(", ") }},
                md5(
                    concat_ws(
                        '|',
                        source_relation,
                        source_table,
                        cast(source_line as text),
                        coalesce(message_id, ''),
                        coalesce(cast(received_at as text), ''),
                        content_hash,
                        cast(loaded_at as text),
                        cast(same as text)
                    )
                ) as row_id
            from counted
        )

        {%- if seg2amp.has_table() -%}
            ,
            gone as (
                select row_id
                from {{ this }} as held
                where
                    not ({{ kept }})
                    {%- if continues %}
                        and not exists (select 1 from present where present.row_id = held.row_id)
                    {%- endif %}
            )
        {%- endif %}

    select *, cast({{ seg2amp.build_number() }} as bigint) as landed_in
    from present
    {%- if continues %}
        where not exists (select 1 from {{ this }} as held where held.row_id = present.row_id)
    {%- endif %}
    {%- if seg2amp.has_table() %}
        union all
        select {%- for name in columns %} null, {%- endfor %} row_id, null
        from gone
    {%- endif %}
{% endmacro %}
