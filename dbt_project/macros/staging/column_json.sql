{#-
    A warehouse column as JSON text. Text that is itself a whole JSON array stays an array, since warehouses hold
    arrays as JSON text; a timestamp becomes ISO text; a number that JSON has no word for becomes NULL.
-#}
{% macro column_json(column, type) %}
    {%- set quoted = adapter.quote(column) -%}
    {%- if type.startswith("timestamp") -%}
        {{ return(seg2amp.json_string(seg2amp.iso_text(quoted))) }}
    {%- elif type.startswith(("double", "real", "float")) -%}
        {{
            return(
                "case when "
                ~ quoted
                ~ " - "
                ~ quoted
                ~ " = 0 then cast("
                ~ quoted
                ~ " as text) end"
            )
        }}
    {%- elif type.startswith(
        (
            "bool",
            "int",
            "bigint",
            "smallint",
            "tinyint",
            "hugeint",
            "numeric",
            "decimal",
            "ubigint",
        )
    ) -%}
        {{ return("cast(" ~ quoted ~ " as text)") }}
    {%- elif type.startswith(("json", "struct", "variant")) or type.endswith("[]") -%}
        {{ return("cast(to_json(" ~ quoted ~ ") as text)") }}
    {%- endif -%}
    {%- set text = "cast(" ~ quoted ~ " as text)" -%}
    {{
        return(
            "case when "
            ~ text
            ~ " like '[%' and "
            ~ seg2amp.is_json(text)
            ~ " then "
            ~ text
            ~ " else "
            ~ seg2amp.json_string(text)
            ~ " end"
        )
    }}
{% endmacro %}
