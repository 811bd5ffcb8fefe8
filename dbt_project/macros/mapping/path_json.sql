{#-
    The JSON value at a path of the message, as settings name it: `properties.<name>`, `traits.<name>`, or any other field such as
    `timestamp` or `context.app.version`. A path that names no field is NULL here; `check_paths` stops the build.
    typed: whether properties and traits are asked as columns that hold objects alone.
-#}
{% macro path_json(path, typed=true) -%}
    {%- set keys = path.split(".") -%}
    {%- set fields = seg2amp.message_fields() | selectattr("path", "equalto", keys) | list -%}
    {%- if keys | length > 1 and keys[0] in ("properties", "traits") -%}
        {{ seg2amp.member_json(keys[0] if typed else keys[0] ~ "_json", keys[1:]) }}
    {%- elif fields -%} {{ fields[0].name }}_json
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
