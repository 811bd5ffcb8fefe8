{#-
    Lines of raw JSON in the canonical message shape, one pass over each; then loaded_at and is_foreign, which is false.
    lines   SQL: source_relation, source_table, source_line, raw, problem (why it is no line, NULL where it is one), loaded_at
    window  condition on received_at
-#}
{% macro parsed_lines(lines, window) %}
    {%- set fields = [] -%}
    {%- for field in seg2amp.message_fields() -%}
        {%- do fields.append({"name": field.name ~ "_json", "path": field.path}) -%}
    {%- endfor -%}
    {%- set place = ["source_relation", "source_table", "source_line", "loaded_at"] -%}
    {%- set keep = place + ["content_hash", "unreadable_reason"] -%}
    {%- set leaves = [
        {"name": "message_id_json", "path": ["messageId"]},
        {"name": "call_type_json", "path": ["type"]},
        {"name": "received_at_json", "path": ["receivedAt"]},
    ] + fields %}

    with
        lines as ({{ lines }}),

        judged as (
            select
                {{ place | join(", ") }},
                md5(raw) as content_hash,
                coalesce(problem, {{ seg2amp.unreadable_reason("raw") }}) as unreadable_reason,
                raw
            from lines
        ),

        readable as (
            select *, case when unreadable_reason is null then raw else '{}' end as json from judged
        ),

        parsed as ({{ seg2amp.json_leaves("readable", "json", keep, leaves) }}),

        clocked as (
            select *, {{ seg2amp.json_time_ms("received_at_json", true) }} as received_ms
            from parsed
        ),

        messages as (
            select
                *,
                nullif({{ seg2amp.json_text("message_id_json") }}, '') as message_id,
                case
                    when call_type_json like '"%' then {{ seg2amp.json_text("call_type_json") }}
                end as call_type,
                {{ seg2amp.known_moment(seg2amp.epoch_timestamp("received_ms")) }} as received_at
            from clocked
        )

    select {{ seg2amp.message_columns() | join(", ") }}, loaded_at, false as is_foreign
    from messages
    where {{ window }}
{% endmacro %}
