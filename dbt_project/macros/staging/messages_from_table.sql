{#-
    The rows of one raw warehouse table in the canonical message shape, any column of which the table may lack; then `loaded_at`, when Segment
    loaded the row (naive UTC, NULL where the table does not tell), and `is_foreign`, whether its event has a table of another name.
    table: as raw_tables gives it; condition: SQL, which rows.
-#}
{% macro messages_from_table(table, call_type, condition) -%}
    {%- set columns = table.columns -%}
    {%- set names = seg2amp.property_names(table.name) -%}
    {%- set arrivals = ["received_at", "uuid_ts", "loaded_at", "timestamp"] -%}
    {%- set received_at = arrivals | select("in", columns) | first -%}
    {%- set loaded_at = ["uuid_ts", "loaded_at"] | select("in", columns) | first -%}
    select
        {% if "id" in columns -%} cast({{ seg2amp.quoted_name("id") }} as text)
        {%- else -%} cast(null as text)
        {%- endif %} as message_id,
        '{{ call_type }}' as call_type,
        {{ seg2amp.quoted(table.schema) }} as source_relation,
        {{ seg2amp.quoted(table.name) }} as source_table,
        null as source_line,
        {{ seg2amp.moment(received_at, columns.get(received_at, "")) }} as received_at,
        null as content_hash,
        null as unreadable_reason
        {%- for field in seg2amp.message_fields() %}
            , {{ seg2amp._field_json(field, columns, call_type, names) }} as {{ field.name }}_json
        {%- endfor %},
        {{ seg2amp.moment(loaded_at, columns.get(loaded_at, "")) }} as loaded_at,
        {{ seg2amp._is_foreign(table, call_type) }} as is_foreign
    from {{ seg2amp.raw_rows(table) }}
    where {{ condition }}
{%- endmacro %}

{% macro _is_foreign(table, call_type) -%}
    {%- if call_type == "track" and table.name != "tracks" and "event" in table.columns -%}
        coalesce(
            ltrim(lower(cast({{ seg2amp.quoted_name("event") }} as text)), '_')
            <> {{ seg2amp.quoted(table.name.lstrip("_")) }},
            false
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}

{#- One field of the message: the first of its columns that holds something. -#}
{% macro _field_json(field, columns, call_type, names) -%}
    {%- set own = "properties" if call_type in ("track", "page", "screen") else "traits" -%}
    {%- set present = field.columns | select("in", columns) | list -%}
    {%- if field.name == own -%} {{ seg2amp.columns_as_object(columns, call_type, names) }}
    {%- elif field.prefix -%} {{ seg2amp.columns_with_prefix(columns, field.prefix, names) }}
    {%- elif not present or call_type not in field.get("calls", [call_type]) -%} null
    {%- elif field.is_time -%} {{ seg2amp.column_time_json(present[0], columns[present[0]]) }}
    {%- elif present | length == 1 -%}
        {{ seg2amp.column_json(present[0], columns[present[0]], field.get("arrays", false)) }}
    {%- else -%}
        coalesce(
            {%- for name in present %}
                {{ seg2amp.column_json(name, columns[name], field.get("arrays", false)) }}{{ "," if not loop.last }}
            {%- endfor %}
        )
    {%- endif -%}
{%- endmacro %}
