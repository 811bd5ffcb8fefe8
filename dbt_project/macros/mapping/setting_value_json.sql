{#-
    The JSON value that one entry of `user_properties_set`, `_set_once` or `_add` stands for: a number or boolean is itself; text is
    a path in the message: `properties.<name>`, `traits.<name>`, or a field such as `timestamp` or `context.app.version`.
-#}
{% macro setting_value_json(value) -%}
    {%- set path = (value | string).split(".") -%}
    {%- set field = seg2amp.message_fields() | selectattr("path", "equalto", path) | first -%}
    {%- if value is number -%} '{{ tojson(value) }}'
    {%- elif path | length > 1 and path[0] in ("properties", "traits") -%}
        case
            when left({{ path[0] }}_json, 1) = '{'
            then {{ seg2amp.json_leaf(path[0] ~ "_json", path[1:]) }}
        end
    {%- elif field -%} {{ field.name }}_json
    {%- else -%}
        {{
            exceptions.raise_compiler_error(
                "Path `"
                ~ value
                ~ "` names no field of a message; use properties.<name>, traits.<name> or a field such as timestamp."
            )
        }}
    {%- endif -%}
{%- endmacro %}
