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
