{#- Stops the build where a template's braces do not pair up, or it is empty. -#}
{% macro check_templates() %}
    {%- for name in ["page_name_template", "screen_name_template"] -%}
        {%- set template = seg2amp.setting(name) -%}
        {%- if template.count("{{") != template.count("}}") or (
            template == "" and name == "page_name_template"
        ) -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `"
                    ~ name
                    ~ "` is "
                    ~ tojson(template)
                    ~ "; it must say something, each placeholder a name between two pairs of braces."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
