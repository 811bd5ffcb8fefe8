{#-
    A warehouse column as JSON text. Where `arrays`, text that is itself a whole JSON array stays one, since warehouses hold arrays as
    JSON text. A timestamp becomes ISO text in UTC with milliseconds, a date ISO text too, since warehouses turn text that looks
    like a moment into one and forget how it was written. What JSON or ISO has no word for (NaN, infinity, the year 10000) becomes NULL.
-#}
{% macro column_json(column, type, arrays=true) -%}
    {%- set inexact = ("double", "real", "float") -%}
    {%- set exact = (
        "bool",
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
    ) -%}
    {%- set nested = ("json", "struct", "map", "variant", "array") -%}
    {%- set quoted = seg2amp.quoted_name(column) -%}
    {%- set text = quoted if type in ("varchar", "text") else "cast(" ~ quoted ~ " as text)" -%}
    {%- if type.endswith("]") or type.startswith(nested) -%} {{ seg2amp.json_string(quoted) }}
    {%- elif type.startswith("timestamp") -%}
        {{ seg2amp.json_string(seg2amp.iso_text(seg2amp.plain_timestamp(quoted, type))) }}
    {%- elif type == "date" -%} {{ seg2amp.json_string(seg2amp.iso_date(quoted)) }}
    {%- elif type.startswith(inexact) -%}
        case when {{ quoted }} - {{ quoted }} = 0 then {{ text }} end
    {%- elif type.startswith(exact) -%} {{ text }}
    {%- elif not arrays -%} {{ seg2amp.json_string(text) }}
    {%- else -%}
        case
            when {{ text }} like '[%' and {{ seg2amp.is_json(text) }}
            then {{ text }}
            else {{ seg2amp.json_string(text) }}
        end
    {%- endif -%}
{%- endmacro %}
