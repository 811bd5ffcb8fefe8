{#-
    The raw rows of one door that are not in its table yet, and the `row_id` of those in it that are gone from the raw data; on a first build all
    rows, which then are numbered by nothing: a window over rows as wide as these would cost more than reading them.
    found  SQL, the rows that are read now: the columns of `landed_columns`, or for raw JSON with content_hash
    kept   SQL, of the rows in the table those that are not read again now
-#}
{% macro landed(found, kept, door) %}
    {%- set columns = seg2amp.landed_columns(door).keys() | list -%}
    {%- set continues = seg2amp.last_build() is not none -%}
    {%- set landed_in = "cast(" ~ seg2amp.build_number() ~ " as bigint) as landed_in" -%}
    with
        found as ({{ found }}),

        hashed as (
            select
                {{
                    (
                        "*"
                        if door == "raw_json"
                        else "*, " ~ seg2amp.content_hash() ~ " as content_hash"
                    )
                }}
            from found
        )

    {%- if not seg2amp.has_table() %}

        select *, {{ seg2amp.new_id() }} as row_id, {{ landed_in }} from hashed
    {%- else -%}
            {#- Rows that are alike in everything are counted, so that as many stay as the raw data has. -#}
            ,
            present as (
                select
                    *,
                    {{ seg2amp.landed_key(door) }} as landed_key,
                    row_number() over (partition by {{ seg2amp.landed_key(door) }}) as copy_number
                from hashed
            ),

            held as (
                select
                    row_id,
                    {{ seg2amp.landed_key(door) }} as landed_key,
                    row_number() over (
                        partition by {{ seg2amp.landed_key(door) }} order by row_id
                    ) as copy_number
                from {{ this }}
                where not ({{ kept }})
            )

        select
            {{ seg2amp.listed(columns, 12) }},
            content_hash,
            {{ seg2amp.new_id() }} as row_id,
            {{ landed_in }}
        from present
        {%- if continues %}
            where
                not exists (
                    select 1
                    from held
                    where
                        held.landed_key = present.landed_key
                        and held.copy_number = present.copy_number
                )
        {%- endif %}
        union all
        select {{ seg2amp.listed(["null"] * (columns | length + 1)) }}, row_id, null
        from held
        {%- if continues %}
            where
                not exists (
                    select 1
                    from present
                    where
                        held.landed_key = present.landed_key
                        and held.copy_number = present.copy_number
                )
        {%- endif %}
    {%- endif %}
{% endmacro %}

{#- What tells one raw row from another: where it stands, what it holds and when it was loaded. -#}
{% macro landed_key(door) -%}
    concat_ws(
        '|',
        source_relation,
        source_table,
        {% if door == "raw_json" %} coalesce(cast(source_line as text), ''),{% endif %}
        coalesce(message_id, ''),
        coalesce(cast(received_at as text), ''),
        content_hash,
        coalesce(cast(loaded_at as text), '')
    )
{%- endmacro %}

{#-
    md5 of what a warehouse row says, which is the key of a message without an id: so it depends on no setting. What is in the properties or
    traits is not asked twice.
-#}
{% macro content_hash() -%}
    {%- set in_properties = [
        "price",
        "quantity",
        "revenue",
        "total",
        "product_id",
        "revenue_type",
        "products",
        "order_object",
        "email",
    ] -%}
    {%- set names = ["odd_values"] -%}
    {%- for field in seg2amp.message_fields() if not field.by_setting and (field.columns or field.prefix or field.kind == "object") -%}
        {%- do names.append(seg2amp.typed_columns(field).keys() | first) -%}
    {%- endfor -%}
    {%- set parts = [] -%}
    {%- for name in names | reject("in", in_properties + ["integrations"]) -%}
        {%- do parts.append("'" ~ name ~ ":' || " ~ name) -%}
    {%- endfor -%}
    md5(concat_ws('|', {{ seg2amp.listed(parts, 12) }}))
{%- endmacro %}
