{#- A field of the message that many columns of a raw table make together. names: as `property_names` gives them. -#}
{% macro object_json(field, columns, call_type, names) -%}
    {%- if field.prefix -%} {{ seg2amp.columns_with_prefix(columns, field.prefix, names) }}
    {%- else -%} {{ seg2amp.columns_as_object(columns, call_type, names) }}
    {%- endif -%}
{%- endmacro %}
