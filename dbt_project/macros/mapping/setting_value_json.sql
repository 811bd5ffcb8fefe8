{#-
    The JSON value that one entry of `user_properties_set`, `_set_once` or `_add` stands for: a number is itself, text is a path in the
    message.
-#}
{% macro setting_value_json(value) -%}
    {%- if value is number -%} '{{ tojson(value) }}'
    {%- else -%} {{ seg2amp.path_json(value) }}
    {%- endif -%}
{%- endmacro %}
