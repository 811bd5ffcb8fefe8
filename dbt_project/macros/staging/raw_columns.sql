{#- What a warehouse column's type is to the doors: nested, timestamp, date, boolean, exact or inexact (numbers), or text, which all others are read as. -#}
{% macro column_kind(type) %}
    {%- set prefixes = {
        "nested": (
            "json",
            "struct",
            "map",
            "variant",
            "array",
            "row",
            "object",
            "super",
        ),
        "timestamp": ("timestamp", "datetime"),
        "date": ("date",),
        "boolean": ("bool",),
        "inexact": ("double", "real", "float"),
        "exact": (
            "integer",
            "bigint",
            "smallint",
            "tinyint",
            "hugeint",
            "uinteger",
            "ubigint",
            "usmallint",
            "utinyint",
            "uhugeint",
            "numeric",
            "decimal",
            "int",
            "number",
        ),
    } -%}
    {%- if type.endswith("]") -%} {{ return("nested") }}{%- endif -%}
    {%- for kind, begins in prefixes.items() if type.startswith(begins) and type != "interval" -%}
        {{ return(kind) }}
    {%- endfor -%}
    {{ return("text") }}
{% endmacro %}

{#-
    A warehouse column in the SQL type of a field of that kind; nothing where the column's type does not say how it is read, as text for a number:
    a setting decides that, above the door.
-#}
{% macro column_cast(kind, column, type) -%}
    {%- set quoted = seg2amp.quoted_name(column) -%}
    {%- set is = seg2amp.column_kind(type) -%}
    {%- set text = quoted if type in ("varchar", "text") else "cast(" ~ quoted ~ " as text)" -%}
    {%- if kind == "json" -%} {{ seg2amp.column_json(column, type) }}
    {%- elif kind == "order" -%}
        {%- set json = seg2amp.column_json(column, type, arrays=false) -%}
        case when {{ text }} <> '' then '{"order_id":' || {{ json }} || '}' end
    {%- elif kind == "flag" -%}
        {{ quoted if is == "boolean" else "nullif(" ~ text ~ ", '') = 'true'" }}
    {%- elif kind in ("id", "name") -%} {{ text if is == "text" }}
    {%- elif kind == "text" -%}
        {%- if is in ("text", "exact", "boolean") and not type.startswith(("numeric", "decimal")) -%}
            {{ text }}
        {%- else -%}
            {{ seg2amp.call("read_text", seg2amp.column_json(column, type, arrays=false)) }}
        {%- endif -%}
    {%- elif kind == "number" -%}
        {#- A number of half the size keeps the digits that it shows. -#}
        {%- set shown = text if type in ("real", "float", "float4") else quoted -%}
        {%- set double = "cast(" ~ shown ~ " as " ~ seg2amp.type_name("double") ~ ")" -%}
        {%- if is == "exact" -%} {{ double }}
        {%- elif is == "inexact" -%} case when {{ quoted }} - {{ quoted }} = 0 then {{ double }} end
        {%- endif -%}
    {%- elif is == "timestamp" -%}
        {{ seg2amp.call("ms_of_timestamp", seg2amp.utc_timestamp(column, type)) }}
    {%- elif is == "date" -%}
        {{ seg2amp.call("ms_of_timestamp", "cast(" ~ quoted ~ " as timestamp)") }}
    {#- A session id as the number that was sent; settings say whether it is seconds. -#}
    {%- elif kind == "session" and type in ("bigint", "integer", "smallint", "int") -%}
        cast({{ quoted }} as bigint)
    {%- elif kind == "session" and is == "text" -%} {{ seg2amp.call("session_in_text", text) }}
    {%- endif -%}
{%- endmacro %}

{#-
    A warehouse column as JSON text. Where `arrays`, text that is itself a whole JSON array stays one, since warehouses hold arrays as
    JSON text. A timestamp becomes ISO text in UTC with milliseconds, a date ISO text too, since warehouses turn text that looks
    like a moment into one and forget how it was written. What JSON or ISO has no word for (NaN, infinity, the year 10000) becomes NULL.
-#}
{% macro column_json(column, type, arrays=true) -%}
    {%- set quoted = seg2amp.quoted_name(column) -%}
    {%- set kind = seg2amp.column_kind(type) -%}
    {%- set text = quoted if type in ("varchar", "text") else "cast(" ~ quoted ~ " as text)" -%}
    {%- if kind == "nested" -%} {{ seg2amp.json_string(quoted) }}
    {%- elif kind == "timestamp" -%}
        {{ seg2amp.call("json_of_timestamp", seg2amp.utc_timestamp(column, type)) }}
    {%- elif kind == "date" -%} {{ seg2amp.json_string(seg2amp.iso_date(quoted)) }}
    {%- elif kind == "inexact" -%} case when {{ quoted }} - {{ quoted }} = 0 then {{ text }} end
    {%- elif kind in ("exact", "boolean") -%} {{ text }}
    {%- elif not arrays -%} {{ seg2amp.json_string(text) }}
    {%- else -%} {{ seg2amp.call("json_of_text", text) }}
    {%- endif -%}
{%- endmacro %}

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

{#-
    A name as Segment's warehouses write it: words of ASCII letters and digits in lower case, joined by `_`; whatever else parts words and vanishes.
    Source: go-snakecase, which Segment's warehouse loader uses.
-#}
{% macro snake_case(name) %}
    {%- set words = modules.re.findall("[A-Z0-9]+[a-z0-9]*|[a-z0-9]+", name) -%}
    {{ return(words | join("_") | lower) }}
{% endmacro %}

{#- A column that tells when a row was received or loaded, of any type, as `known_moment` knows it; NULL where there is no such column. -#}
{% macro moment(column, type) -%}
    {%- if not column -%} cast(null as timestamp)
    {%- elif type.startswith("timestamp") -%}
        {{
            seg2amp.known_moment(
                seg2amp.naive_utc(seg2amp.plain_timestamp(seg2amp.quoted_name(column), type))
            )
        }}
    {%- else -%}
        {%- set ms = seg2amp.json_time_ms(seg2amp.column_json(column, type, arrays=false), true) -%}
        {{ seg2amp.known_moment(seg2amp.epoch_timestamp(ms)) }}
    {%- endif -%}
{%- endmacro %}

{#- The same by the functions' names, for what is built. -#}
{% macro arrival(column, type) -%}
    {%- if type.startswith("timestamp") -%}
        {{ seg2amp.call("known_moment", seg2amp.utc_timestamp(column, type)) }}
    {%- else -%}
        {%- set ms = seg2amp.call(
            "read_time_epoch", seg2amp.column_json(column, type, arrays=false)
        ) -%}
        {{ seg2amp.call("known_moment", seg2amp.epoch_timestamp(ms)) }}
    {%- endif -%}
{%- endmacro %}

{#- A timestamp column without zone, in UTC. -#}
{% macro utc_timestamp(column, type) -%}
    {%- set plain = seg2amp.plain_timestamp(seg2amp.quoted_name(column), type) -%}
    {%- set has_zone = "with time zone" in type or "tz" in type -%}
    {{ seg2amp.naive_utc(plain) if has_zone else plain }}
{%- endmacro %}

{#-
    A naive timestamp in UTC that a server wrote, NULL where it lies before 2001 or after 2100: such a moment of receipt is a defect of the
    data, and would otherwise make a copy the earliest, or let any time of an event pass.
-#}
{% macro known_moment(timestamp) -%}
    case
        when {{ timestamp }} between timestamp '2001-01-01' and timestamp '2100-01-01'
        then {{ timestamp }}
    end
{%- endmacro %}
