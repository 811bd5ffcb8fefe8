{#- What a column's type says of its values: text, whole number, number, boolean, time or other. type: in lower case. -#}
{% macro type_kind(type) %}
    {%- set kinds = {
        "text": ["text", "varchar", "character", "char", "string", "uuid", "bpchar"],
        "whole number": [
            "int",
            "bigint",
            "smallint",
            "tinyint",
            "hugeint",
            "ubigint",
            "uint",
        ],
        "number": ["double", "real", "float", "numeric", "decimal", "number"],
        "boolean": ["bool"],
        "time": ["timestamp", "date", "time"],
    } -%}
    {%- for kind, beginnings in kinds.items() if not type.endswith("]") -%}
        {%- for beginning in beginnings if type.startswith(beginning) -%}
            {{ return(kind) }}
        {%- endfor -%}
    {%- endfor -%}
    {{ return("other") }}
{% endmacro %}
