{#-
    The rows of one raw warehouse table in the canonical message shape.
    columns: {name: type} of the table, any of which may be missing.
-#}
{% macro messages_from_table(schema, table, columns, call_type) -%}
    {%- set relation = api.Relation.create(
        database=target.database, schema=schema, identifier=table
    ) -%}
    {%- set key = ["id", "user_id", "anonymous_id", "timestamp", "received_at"] -%}
    {%- set arrivals = ["received_at", "uuid_ts", "loaded_at", "timestamp"] -%}
    {%- set received_at = arrivals | select("in", columns) | first -%}
    select
        {% if "id" in columns -%} cast({{ seg2amp.quoted_name("id") }} as text)
        {%- else -%} cast(null as text)
        {%- endif %} as message_id,
        '{{ call_type }}' as call_type,
        {{ seg2amp.quoted(schema) }} as source_relation,
        {{ seg2amp.quoted(table) }} as source_table,
        cast(null as bigint) as source_line,
        {{ seg2amp.moment(received_at, columns.get(received_at, "")) }} as received_at,
        md5(
            concat_ws(
                '|',
                {%- for name in key if name in columns %}
                    cast({{ seg2amp.quoted_name(name) }} as text),
                {%- endfor %}
                {{ seg2amp.columns_as_object(columns) }}
            )
        ) as content_hash,
        cast(null as text) as unreadable_reason
        {%- for field in seg2amp.message_fields() %}
            , {{ seg2amp._field_json(field, columns, call_type) }} as {{ field.name }}_json
        {%- endfor %}
    from {{ relation }}
{%- endmacro %}

{#- One field of the message: the first of its columns that holds something. -#}
{% macro _field_json(field, columns, call_type) -%}
    {%- set own = "properties" if call_type in ("track", "page", "screen") else "traits" -%}
    {%- set present = field.columns | select("in", columns) | list -%}
    {%- if field.name == own -%} {{ seg2amp.columns_as_object(columns) }}
    {%- elif field.prefix -%} {{ seg2amp.columns_with_prefix(columns, field.prefix) }}
    {%- elif not present or call_type not in field.get("calls", [call_type]) -%} cast(null as text)
    {%- elif field.is_time -%} {{ seg2amp.column_time_json(present[0], columns[present[0]]) }}
    {%- elif present | length == 1 -%} {{ seg2amp.column_json(present[0], columns[present[0]]) }}
    {%- else -%}
        coalesce(
            {%- for name in present %}
                {{ seg2amp.column_json(name, columns[name]) }}{{ "," if not loop.last }}
            {%- endfor %}
        )
    {%- endif -%}
{%- endmacro %}
