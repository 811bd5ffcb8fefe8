{#-
    The columns of a raw table that are nobody's but the team's own, as one JSON object: the message's `properties` or
    `traits` as far as a warehouse keeps them. NULL columns are left out: Segment adds a column for every row as soon
    as one row has it.
-#}
{% macro columns_as_object(columns) -%}
    -- fmt: off
    {%- set common = [
        "id", "anonymous_id", "user_id", "group_id", "previous_id", "event", "event_text",
        "received_at", "sent_at", "timestamp", "original_timestamp", "uuid_ts", "uuid", "loaded_at",
    ] -%}
    -- fmt: on
    {%- set pairs = {} -%}
    {%- for name, type in columns.items() if name not in common and not name.startswith("context_") -%}
        {%- do pairs.update({name: seg2amp.column_json(name, type)}) -%}
    {%- endfor -%}
    {{ return(seg2amp.json_object(pairs)) }}
{%- endmacro %}
