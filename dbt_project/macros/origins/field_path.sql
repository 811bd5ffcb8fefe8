{#-
    Where a field of `message_fields` stands in a message, as people write it: `context.device.id`, in backticks. also: the second place that it has
    in raw JSON.
-#}
{% macro field_path(name, also=false) %}
    {%- set field = seg2amp.message_fields() | selectattr("name", "equalto", name) | first -%}
    {{ return("`" ~ (field.also if also else field.path) | join(".") ~ "`") }}
{% endmacro %}
