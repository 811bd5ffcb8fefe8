{#-
    The columns of a raw table that are nobody's but the team's own, as one JSON object: the message's `properties` or
    `traits` as far as a warehouse keeps them. NULL columns are left out: Segment adds a column for every row as soon
    as one row has it. Their order is that of their names, since a warehouse's is the order in which they came. Segment puts `_` before a
    name that a common column, a reserved word or a digit forbids; here it goes again.
    names: {column: property name} of the seed `property_names`.
-#}
{% macro columns_as_object(columns, call_type, names) -%}
    -- fmt: off
    {%- set common = [
        "id", "anonymous_id", "user_id", "event", "event_text",
        "received_at", "sent_at", "timestamp", "original_timestamp", "uuid_ts", "uuid", "loaded_at",
    ] + {"group": ["group_id"], "alias": ["previous_id"]}.get(call_type, []) -%}
    -- fmt: on
    {%- set own = [] -%}
    {%- for name in columns | sort if name not in common and not name.startswith(("context_", "__")) -%}
        {%- do own.append(name) -%}
    {%- endfor -%}
    {%- set pairs = {} -%}
    {%- for name in own -%}
        {%- set bare = name[1:] if name.startswith("_") and name[1:] not in own else name -%}
        {%- do pairs.update({names.get(name, bare): seg2amp.column_json(name, columns[name])}) -%}
    {%- endfor -%}
    {{ return(seg2amp.json_object(pairs)) }}
{%- endmacro %}
