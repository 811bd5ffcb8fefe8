{#-
    Columns of a raw table as one JSON object: either those whose name begins with `prefix`, named by what follows it (NULL where all of them are
    NULL, since a warehouse keeps no trace of an empty object); or without a prefix those that are nobody's but the team's own, which are the
    message's `properties` or `traits` as far as a warehouse keeps them. NULL columns are left out: Segment adds a column for every row as
    soon as one row has it. Their order is that of their names, since a warehouse's is the order in which they came. Segment puts `_` before a
    name that a common column, a reserved word or a digit forbids; here it goes again.
    names: {column: property name} of the seed `property_names`.
-#}
{% macro columns_as_object(columns, call_type, names, prefix=none) -%}
    -- fmt: off
    {%- set common = [
        "id", "anonymous_id", "user_id", "event", "event_text",
        "received_at", "sent_at", "timestamp", "original_timestamp", "uuid_ts", "uuid", "loaded_at",
    ] + {"group": ["group_id"], "alias": ["previous_id"]}.get(call_type, []) -%}
    -- fmt: on
    {%- set own, pairs = [], {} -%}
    {%- for name in columns | sort if name.startswith(prefix or "") -%}
        {%- if prefix or (name not in common and not name.startswith(("context_", "__"))) -%}
            {%- do own.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in own -%}
        {%- set bare = name[prefix | length :] if prefix else name -%}
        {%- if not prefix and name.startswith("_") and name[1:] not in own -%}
            {%- set bare = name[1:] -%}
        {%- endif -%}
        {%- do pairs.update({names.get(name, bare): seg2amp.column_json(name, columns[name])}) -%}
    {%- endfor -%}
    {%- set object = seg2amp.json_object(pairs) | trim -%}
    {{ return(object if not prefix else "nullif(" ~ object ~ ", '{}')" if pairs else "") }}
{%- endmacro %}
