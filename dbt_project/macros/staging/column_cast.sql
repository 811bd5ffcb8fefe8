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
        {%- set double = "cast(" ~ quoted ~ " as " ~ seg2amp.type_name("double") ~ ")" -%}
        {%- if is == "exact" -%} {{ double }}
        {%- elif is == "inexact" -%} case when {{ quoted }} - {{ quoted }} = 0 then {{ double }} end
        {%- endif -%}
    {%- elif is == "timestamp" -%}
        {{ seg2amp.call("ms_of_timestamp", seg2amp.utc_timestamp(column, type)) }}
    {%- elif is == "date" -%} {{ seg2amp.dated_ms("cast(" ~ quoted ~ " as timestamp)") }}
    {#- A session id as the number that was sent; settings say whether it is seconds. -#}
    {%- elif kind == "session" and type in ("bigint", "integer", "smallint", "int") -%}
        cast({{ quoted }} as bigint)
    {%- elif kind == "session" and is == "text" -%} {{ seg2amp.call("session_in_text", text) }}
    {%- endif -%}
{%- endmacro %}

{#- A timestamp as epoch milliseconds; NULL outside the years 1 to 9999, for which JSON has no date either. -#}
{% macro dated_ms(timestamp) -%}
    {%- set ms = seg2amp.epoch_ms(timestamp) -%}
    case when {{ ms }} between -62135596800000 and 253402300799999 then {{ ms }} end
{%- endmacro %}
