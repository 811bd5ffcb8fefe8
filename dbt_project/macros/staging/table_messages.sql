{#-
    The rows of one raw warehouse table, renamed and cast: a select of the columns of `landed_columns("tables")`, in order, any column of which
    the table may lack. table: as `raw_tables` gives it; condition: SQL, which rows; named: whether columns that the table lacks are left
    out and all others named, for a model that is written out.
-#}
{% macro table_messages(table, call_type, condition, named=false) -%}
    {%- set given = seg2amp._given_columns(table, call_type) -%}
    {%- set items, gap = [], [] -%}
    {%- for name in seg2amp.landed_columns("tables") -%}
        {%- if name in given -%}
            {%- do items.append(gap | join(", ")) if gap -%}
            {%- do gap.clear() -%}
            {%- do items.append(given[name] | trim ~ " as " ~ name) -%}
        {%- elif not named -%} {%- do gap.append("null") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do items.append(gap | join(", ")) if gap -%}
    select {{ items | join(",\n        ") }}
    from {{ seg2amp.raw_rows(table) }}
    where {{ condition }}
{%- endmacro %}

{#- What a raw table gives, {name of a landed column: SQL}. -#}
{% macro _given_columns(table, call_type) %}
    {%- set columns = table.columns -%}
    {%- set names = seg2amp.property_names(table.name) -%}
    {%- set arrivals = ["received_at", "uuid_ts", "loaded_at", "timestamp"] -%}
    {%- set received_at = arrivals | select("in", columns) | first -%}
    {%- set loaded_at = ["uuid_ts", "loaded_at"] | select("in", columns) | first -%}
    {%- set given, odd = {}, {} -%}
    {%- do given.update({"message_id": "cast(" ~ seg2amp.quoted_name("id") ~ " as text)"}) if "id" in columns -%}
    {%- do given.update({"call_type": seg2amp.quoted(call_type)}) -%}
    {%- do given.update(
        {
            "source_relation": seg2amp.quoted(table.schema),
            "source_table": seg2amp.quoted(table.name),
        }
    ) -%}
    {%- do given.update({"received_at": seg2amp.arrival(received_at, columns[received_at])}) if received_at -%}
    {%- do given.update({"loaded_at": seg2amp.arrival(loaded_at, columns[loaded_at])}) if loaded_at -%}
    {#- Whether the event of a row has a table of another name. -#}
    {%- set foreign = "false" -%}
    {%- if call_type == "track" and table.name != "tracks" and "event" in columns -%}
        {%- set event = "ltrim(lower(cast(" ~ seg2amp.quoted_name("event") ~ " as text)), '_')" -%}
        {%- set own = seg2amp.quoted(table.name.lstrip("_")) -%}
        {%- set foreign = "coalesce(" ~ event ~ " <> " ~ own ~ ", false)" -%}
    {%- endif -%}
    {%- do given.update({"is_foreign": foreign}) -%}
    {%- set own = "properties" if call_type in ("track", "page", "screen") else "traits" -%}
    {%- for field in seg2amp.message_fields() if call_type in field.get("calls", [call_type]) -%}
        {%- set present = field.columns | select("in", columns) | list -%}
        {%- if field.name == own -%}
            {%- do given.update({own: seg2amp.columns_as_object(columns, call_type, names)}) -%}
        {%- elif field.prefix -%}
            {%- set object = seg2amp.columns_as_object(columns, call_type, names, field.prefix) -%}
            {%- do given.update({field.name: object}) if object | trim -%}
        {%- elif field.name == "context" -%}
            {#- What a setting names by its path and no field holds. -#}
            {%- set pairs = {} -%}
            {%- for path in seg2amp.setting_paths() if seg2amp.context_path_is_new(path) and seg2amp.context_column(path) in columns -%}
                {%- set column = seg2amp.context_column(path) -%}
                {%- do pairs.update(
                    {
                        column[8:]: seg2amp.column_json(
                            column, columns[column], arrays=false
                        )
                    }
                ) -%}
            {%- endfor -%}
            {%- set object = seg2amp.json_object(pairs) -%}
            {%- do given.update({field.name: "nullif(" ~ object ~ ", '{}')"}) if pairs -%}
        {%- elif present -%} {%- do seg2amp._give_field(field, present, columns, given, odd) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do given.update({"odd_values": "nullif(" ~ seg2amp.json_object(odd) ~ ", '{}')"}) if odd -%}
    {{ return(given) }}
{% endmacro %}

{#- One field of a table: typed where its column's type says how it is read, else among the odd values. -#}
{% macro _give_field(field, present, columns, given, odd) %}
    {%- set typed, odds = [], [] -%}
    {%- for name in present -%}
        {%- set cast = seg2amp.column_cast(field.kind, name, columns[name]) | trim -%}
        {%- do typed.append(cast) if cast -%}
        {%- do odds.append(seg2amp.column_json(name, columns[name], arrays=false)) if not cast or (field.kind == "session" and seg2amp.column_kind(columns[name]) == "text") -%}
    {%- endfor -%}
    {%- set target = seg2amp.typed_columns(field).keys() | first -%}
    {%- if typed -%}
        {%- do given.update(
            {
                target: (
                    typed[0]
                    if typed | length == 1
                    else "coalesce(" ~ typed | join(", ") ~ ")"
                )
            }
        ) -%}
        {%- if field.name == "timestamp" -%}
            {%- set quoted = seg2amp.quoted_name(present[0]) -%}
            {%- do given.update(
                {
                    "timestamp_is_misread": quoted
                    ~ " is not null and "
                    ~ typed[0]
                    ~ " is null"
                }
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if odds -%}
        {%- set json = odds[0] if odds | length == 1 else "coalesce(" ~ odds | join(", ") ~ ")" -%}
        {%- do odd.update(
            {
                field.name: (
                    "case when " ~ typed[0] ~ " is null then " ~ json ~ " end"
                    if typed
                    else json
                )
            }
        ) -%}
    {%- endif -%}
{% endmacro %}
