{#-
    The message fields that name an event or add to its properties, by name: those that templates and `append_fields_to_event_props` ask for
    by a path, beside name and category.
-#}
{% macro fields_of_naming() %}
    {%- set names = ["name", "category"] -%}
    {%- set settings = [
        "append_fields_to_event_props",
        "page_name_template",
        "screen_name_template",
    ] -%}
    {%- for path, setting_name in seg2amp.setting_paths().items() if setting_name in settings -%}
        {%- set keys = path.split(".") -%}
        {%- set field = seg2amp.message_fields() | selectattr("path", "equalto", keys) | first -%}
        {%- if field and field.name not in names -%}
            {%- do names.append(field.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
