{#- Where a field of `message_fields` stands in a message, as people write it: `context.device.id`, in backticks. -#}
{% macro field_path(name) %}
    {%- set field = seg2amp.message_fields() | selectattr("name", "equalto", name) | first -%}
    {{ return("`" ~ field.path | join(".") ~ "`") }}
{% endmacro %}
