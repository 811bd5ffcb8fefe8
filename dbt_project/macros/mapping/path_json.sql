{#-
    The JSON value at a path of the message, as settings name it: `properties.<name>`, `traits.<name>`, or any other field such as
    `timestamp` or `context.app.version`. typed: whether properties and traits are asked as columns that hold objects alone.
-#}
{% macro path_json(path, typed=true) -%}
    {%- set keys = path.split(".") -%}
    {%- set field = seg2amp.message_fields() | selectattr("path", "equalto", keys) | first -%}
    {%- if keys | length > 1 and keys[0] in ("properties", "traits") -%}
        {{ seg2amp.member_json(keys[0] if typed else keys[0] ~ "_json", keys[1:]) }}
    {%- else -%} {{ field.name }}_json
    {%- endif -%}
{%- endmacro %}
