{#-
    The rows of one raw warehouse table in the canonical message shape, any column of which the table may lack; then `loaded_at`, when Segment
    loaded the row (naive UTC, NULL where the table does not tell), and `is_foreign`, whether its event has a table of another name.
    table: as raw_tables gives it, or several that `messages_from_tables` reads together; condition: SQL, which rows.
-#}
{% macro messages_from_table(table, call_type, condition) -%}
    {%- set columns = table.columns -%}
    {%- set names = {} if table.made else seg2amp.property_names(table.name) -%}
    {%- set arrivals = ["received_at", "uuid_ts", "loaded_at", "timestamp"] -%}
    {%- set received_at = arrivals | select("in", columns) | first -%}
    {%- set loaded_at = ["uuid_ts", "loaded_at"] | select("in", columns) | first -%}
    select
        {% if "id" in columns -%} cast({{ seg2amp.quoted_name("id") }} as text)
        {%- else -%} cast(null as text)
        {%- endif %} as message_id,
        '{{ call_type }}' as call_type,
        {{ "source_relation" if table.made else seg2amp.quoted(table.schema) }} as source_relation,
        {{ "source_table" if table.made else seg2amp.quoted(table.name) }} as source_table,
        null as source_line,
        {{ seg2amp.moment(received_at, columns.get(received_at, "")) }} as received_at,
        null as content_hash,
        null as unreadable_reason
        {%- for field in seg2amp.message_fields() %}
            ,
            {% if table.made and field.name in table.made -%} {{ field.name }}_json
            {%- else -%}
                {{ seg2amp._field_json(field, columns, call_type, names) }} as {{ field.name }}_json
            {%- endif %}
        {%- endfor %},
        {{ seg2amp.moment(loaded_at, columns.get(loaded_at, "")) }} as loaded_at,
        {{ "is_foreign" if table.made else seg2amp.is_foreign(table, call_type) }} as is_foreign
    from {{ seg2amp.raw_rows(table) }}
    where {{ condition }}
{%- endmacro %}

{#- One field of the message: the first of its columns that holds something. -#}
{% macro _field_json(field, columns, call_type, names) -%}
    {%- set present = field.columns | select("in", columns) | list -%}
    {%- if field.prefix or field.name == seg2amp.own_object(call_type) -%}
        {{ seg2amp.object_json(field, columns, call_type, names) }}
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
