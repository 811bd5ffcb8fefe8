{#-
    The scalar fields of a message that are asked as JSON after they are read, by name: the user id, which may be sent as a trait, and those
    that a setting names by their path.
-#}
{% macro scalars_asked() %}
    {%- set names = ["user_id"] -%}
    {%- for path in seg2amp.setting_paths() -%}
        {%- for field in seg2amp.message_fields() if field.path == path.split(".") -%}
            {%- do names.append(field.name) if field.name not in names -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
