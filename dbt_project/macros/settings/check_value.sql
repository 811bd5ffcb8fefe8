{#- Stops the build where a setting's value is not of its type or not allowed. -#}
{% macro check_value(name, entry, value) %}
    {%- set fits = {
        "boolean": value is boolean,
        "integer": value is integer and value is not boolean,
        "text": value is string,
        "list": value is iterable and value is not string and value is not mapping,
        "map": value is mapping,
    }[entry.type] -%}
    {%- set problem = namespace(text="") -%}
    {%- if not fits -%}
        {%- set problem.text = "must be of type " ~ entry.type ~ ", but is " ~ tojson(value) -%}
    {%- elif entry.allowed and value not in entry.allowed -%}
        {%- set problem.text = "is " ~ tojson(value) ~ "; allowed are " ~ tojson(entry.allowed) -%}
    {%- elif entry.minimum is defined and value < entry.minimum -%}
        {%- set problem.text = "is " ~ value ~ "; the least is " ~ entry.minimum -%}
    {%- elif entry.type == "list" and value | reject("string") | list -%}
        {%- set problem.text = "must be a list of texts, but is " ~ tojson(value) -%}
    {%- elif entry.fields and value | reject("in", entry.fields) | list -%}
        {%- set problem.text = (
            "names "
            ~ tojson(value | reject("in", entry.fields) | first)
            ~ "; allowed are "
            ~ tojson(entry.fields)
        ) -%}
    {%- elif entry.fields and value.values() | reject("string") | list -%}
        {%- set problem.text = "must give each field a path, but is " ~ tojson(value) -%}
    {%- elif entry.choices and value.values() | reject("in", entry.choices) | list -%}
        {%- set problem.text = (
            "holds "
            ~ tojson(value.values() | reject("in", entry.choices) | first)
            ~ "; allowed are "
            ~ tojson(entry.choices)
        ) -%}
    {%- endif -%}
    {%- if problem.text -%}
        {{ exceptions.raise_compiler_error("Setting `" ~ name ~ "` " ~ problem.text ~ ".") }}
    {%- endif -%}
{% endmacro %}
