{#-
    The rows of one raw warehouse table in the canonical message shape.
    columns: {name: type} of the table, any of which may be missing.
-#}
{% macro messages_from_table(schema, table, columns, call_type) %}
    {%- set relation = api.Relation.create(
        database=target.database, schema=schema, identifier=table
    ) -%}
    {%- set object = {"identify": "traits", "group": "traits", "alias": "traits"}.get(
        call_type, "properties"
    ) -%}
    {%- set key = (
        ["id", "user_id", "anonymous_id", "timestamp", "received_at"]
        | select("in", columns)
        | list
    ) -%}
    {%- set received_at = (
        ["received_at", "uuid_ts", "loaded_at", "timestamp"]
        | select("in", columns)
        | first
    ) -%}
    select
        {{
            (
                "cast(" ~ adapter.quote("id") ~ " as text)"
                if "id" in columns
                else "cast(null as text)"
            )
        }} as message_id,
        '{{ call_type }}' as call_type,
        '{{ schema }}' as source_relation,
        '{{ table }}' as source_table,
        cast(null as bigint) as source_line,
        {{ seg2amp.naive_utc(received_at) if received_at else "cast(null as timestamp)" }}
        as received_at,
        md5(
            concat_ws(
                '|',
                {% for name in key %}
                    cast({{ adapter.quote(name) }} as text),
                {% endfor %} {{ seg2amp.columns_as_object(columns) }}
            )
        ) as content_hash,
        cast(null as text) as unreadable_reason
        {%- for field in seg2amp.message_fields() %}
            ,
            {%- set present = (
                field.columns | select("in", columns) | list
                if call_type in field.get("calls", [call_type])
                else []
            ) %}
            {%- if field.name == object %}
                {{ seg2amp.columns_as_object(columns) }} as {{ field.name }}_json
            {%- elif present and field.name == "timestamp" and columns[present[0]].startswith(
                "timestamp"
            ) %}
                cast(
                    {{ seg2amp.epoch_ms(adapter.quote(present[0])) }} as text
                ) as {{ field.name }}_json
            {%- elif present %}
                {% if present | length > 1 %} coalesce(
                {% endif -%}
                    {% for name in present %}
                        {{ seg2amp.column_json(name, columns[name]) }}{{ ", " if not loop.last }}
                    {% endfor -%}
                {% if present | length > 1 %})
                {% endif %} as {{ field.name }}_json
            {%- else %} cast(null as text) as {{ field.name }}_json
            {%- endif %}
        {%- endfor %}
    from {{ relation }}
{% endmacro %}
