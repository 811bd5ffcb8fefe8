{#- The paths in a message that settings name, each once: {path: the setting that names it}. -#}
{% macro setting_paths() %}
    {%- set paths = {} -%}
    {%- for name in [
        "user_properties_set",
        "user_properties_set_once",
        "user_properties_add",
        "mapped_fields",
    ] -%}
        {%- for path in seg2amp.setting(name).values() if path is string -%}
            {%- do paths.update({path: name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name in ["only_where", "drop_where", "append_fields_to_event_props"] -%}
        {%- for path in seg2amp.setting(name) -%}
            {%- do paths.update({path: name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name in ["page_name_template", "screen_name_template"] -%}
        {%- for path in seg2amp.placeholders(seg2amp.setting(name)) -%}
            {%- do paths.update({path: name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(paths) }}
{% endmacro %}
