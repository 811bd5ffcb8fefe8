{#-
    The rows of one raw table as the findings of `source_findings` ask about them: ids as text (empty text is none), moments as naive
    UTC or epoch ms, whatever the table lacks as NULL. Text columns follow as text_1, text_2 …, in the order of `source_texts`.
    event_tables: the names of the events' tables beside it. Of `tracks` those rows are left out whose event has one: they are judged there.
-#}
{% macro source_rows(table, event_tables) -%}
    {%- set columns = table.columns -%}
    {%- set ids = [
        ["user_id", "user_id"],
        ["device_id", "context_device_id"],
        ["anonymous_id", "anonymous_id"],
        ["group_id", "group_id"],
        ["previous_id", "previous_id"],
        ["actions_session", "context_actions_amplitude_session_id"],
        ["classic_session", "context_amplitude_session_id"],
        ["event_text", "event_text"],
        ["event_slug", "event"],
        ["name", "name"],
        ["category", "category"],
        ["products", "products"],
        ["sent_time", "timestamp"],
    ] -%}
    {%- set type, quoted = columns.get("timestamp"), seg2amp.quoted_name("timestamp") -%}
    select
        {{ seg2amp._text_of("id", columns) }} as message_id,
        {#- A table that two calls share holds track calls where a row has the name of an event. -#}
        {%- if table.calls | length == 1 -%} {{ seg2amp.quoted(table.calls[0]) }}
        {%- else -%}
            case
                when {{ seg2amp.quoted_name("event_text") }} is null
                then {{ seg2amp.quoted(table.calls[0]) }}
                else 'track'
            end
        {%- endif -%} as call_type,
        {%- for name, column in ids %}
            {{ seg2amp._text_of(column, columns) }} as {{ name }},
        {%- endfor %}
        {#- As the mapping reads it, but a moment that nobody can mean too: epoch ms, UTC. -#}
        {%- if not type -%} cast(null as bigint)
        {%- elif type.startswith(("timestamp", "date")) -%}
            {{ seg2amp.epoch_ms(seg2amp.plain_timestamp(quoted, type)) }}
        {%- else -%}
            {{
                seg2amp.json_time_ms(
                    seg2amp.column_json("timestamp", type, arrays=false),
                    seg2amp.setting("digits_are_epoch"),
                    seg2amp.setting("javascript_dates"),
                )
            }}
        {%- endif -%} as happened_ms,
        {{
            seg2amp.moment(
                "received_at" if "received_at" in columns else none,
                columns.get("received_at", ""),
            )
        }} as received_at,
        {{ seg2amp.load_time(table) or "cast(null as timestamp)" }} as loaded_at
        {%- for text in seg2amp.source_texts(table) %}
            , cast({{ seg2amp.quoted_name(text) }} as text) as text_{{ loop.index }}
        {%- endfor %}
    from {{ seg2amp.raw_rows(table) }}
    {%- if table.name == "tracks" and "event" in columns %}
        where
            {{ seg2amp.event_is_chosen(table) }} and not {{ seg2amp.has_event_table(event_tables) }}
    {%- endif %}
{%- endmacro %}

{% macro _text_of(column, columns) -%}
    {%- if column in columns -%} nullif(cast({{ seg2amp.quoted_name(column) }} as text), '')
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
