{#- Stops the build where a setting names a path that is no field of a message: nothing would ever be found there. -#}
{% macro check_paths() %}
    {%- set paths = seg2amp.message_fields() | map(attribute="path") | list -%}
    {%- for path, name in seg2amp.setting_paths().items() -%}
        {%- set keys = path.split(".") -%}
        {%- set inside = keys | length > 1 and keys[0] in ("properties", "traits") -%}
        {%- if "" in keys or path == "context" or not (
            inside or keys in paths or seg2amp.context_path_is_new(path)
        ) -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "`: `"
                    ~ path
                    ~ "` names no field of a message; a path begins with properties., traits., context. or integrations., or is a field such as userId or name."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
