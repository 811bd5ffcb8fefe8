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
