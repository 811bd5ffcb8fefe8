{#- The JSON text of a row from the list of its fields, {field, json, origins}; keys without a value are left out. -#}
{% macro rendered(fields) %}
    {%- set pairs = {} -%}
    {%- for entry in fields -%} {%- do pairs.update({entry.field: entry.json}) -%} {%- endfor -%}
    {{ return(seg2amp.json_object(pairs)) }}
{% endmacro %}
