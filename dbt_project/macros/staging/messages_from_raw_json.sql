{#-
    The lines of raw Segment JSON in the canonical message shape: one pass over each line. loaded_at is NULL and is_foreign false.
-#}
{% macro messages_from_raw_json() %}
    {%- set fields = [] -%}
    {%- for field in seg2amp.message_fields() -%}
        {%- do fields.append({"name": field.name ~ "_json", "path": field.path}) -%}
    {%- endfor -%}
    {%- set keep = ["source_relation", "source_line", "content_hash", "unreadable_reason"] -%}
    {%- set leaves = [
        {"name": "message_id_json", "path": ["messageId"]},
        {"name": "call_type_json", "path": ["type"]},
        {"name": "received_at_json", "path": ["receivedAt"]},
    ] + fields %}

    with
        lines as ({{ seg2amp.raw_json_lines() }}),

        judged as (
            select
                source_relation,
                source_line,
                md5(raw) as content_hash,
                {{ seg2amp.unreadable_reason("raw") }} as unreadable_reason,
                raw
            from lines
            where trim(raw) <> ''
        ),

        readable as (
            select *, case when unreadable_reason is null then raw else '{}' end as json from judged
        ),

        parsed as ({{ seg2amp.json_leaves("readable", "json", keep, leaves) }}),

        clocked as (
            select *, {{ seg2amp.json_time_ms("received_at_json", true) }} as received_ms
            from parsed
        )

    select
        nullif({{ seg2amp.json_text("message_id_json") }}, '') as message_id,
        case
            when call_type_json like '"%' then {{ seg2amp.json_text("call_type_json") }}
        end as call_type,
        source_relation,
        'raw_json' as source_table,
        source_line,
        {{ seg2amp.known_moment(seg2amp.epoch_timestamp("received_ms")) }} as received_at,
        content_hash,
        unreadable_reason
        {%- for field in fields %}, {{ field.name }} {%- endfor %},
        cast(null as timestamp) as loaded_at,
        false as is_foreign
    from clocked
{% endmacro %}
