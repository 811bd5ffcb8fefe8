{#- The columns that hold what templates print of paths other than the name and the category, {path: column}. -#}
{% macro template_columns() %}
    {%- set columns = {} -%}
    {%- for setting_name in ["page_name_template", "screen_name_template"] -%}
        {%- for path in seg2amp.placeholders(seg2amp.setting(setting_name)) if path not in ("name", "category") -%}
            {%- do columns.update(
                {path: "printed_" ~ seg2amp.snake_case(path) ~ "_" ~ local_md5(path)[:4]}
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{#- A page's name and category as they were sent, as one object, where `page_name_in_properties` puts them among the properties; else NULL. -#}
{% macro page_object() -%}
    {%- if seg2amp.setting("page_name_in_properties") -%}
        case
            when call_type in ('page', 'screen')
            then
                {{
                    seg2amp.json_object(
                        {
                            "category": seg2amp.path_json("category") | trim,
                            "name": seg2amp.path_json("name") | trim,
                        }
                    )
                }}
        end
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
