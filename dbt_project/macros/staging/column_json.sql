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
