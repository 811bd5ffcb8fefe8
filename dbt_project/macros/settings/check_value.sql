{#- Stops the build where a setting's value is not of its type or not allowed. -#}
{% macro check_value(name, entry, value) %}
    {%- set fits = {
        "boolean": value is boolean,
        "integer": value is integer and value is not boolean,
        "text": value is string,
        "list": value is iterable and value is not string and value is not mapping,
        "map": value is mapping,
    }[entry.type] -%}
    {%- if not fits -%}
        {{
            exceptions.raise_compiler_error(
                "Setting `"
                ~ name
                ~ "` must be of type "
                ~ entry.type
                ~ ", but is "
                ~ tojson(value)
                ~ "."
            )
        }}
    {%- elif entry.allowed and value not in entry.allowed -%}
        {{
            exceptions.raise_compiler_error(
                "Setting `"
                ~ name
                ~ "` is "
                ~ tojson(value)
                ~ "; allowed are "
                ~ tojson(entry.allowed)
                ~ "."
            )
        }}
    {%- endif -%}
{% endmacro %}
