{#- A JSON object without some of its keys. keys: list of names. -#}
{% macro json_without(json, keys) %}
    {{ return(adapter.dispatch("json_without", "seg2amp")(json, keys)) }}
{% endmacro %}

{% macro default__json_without(json, keys) -%}
    {%- set nulls = {} -%}
    {%- for key in keys -%} {%- do nulls.update({key: none}) -%} {%- endfor -%}
    cast(json_merge_patch({{ json }}, '{{ tojson(nulls) }}') as text)
{%- endmacro %}

{% macro postgres__json_without(json, keys) -%}
    {%- set names = keys | join("', '") -%}
    cast(cast({{ json }} as jsonb) - array['{{ names }}'] as text)
{%- endmacro %}
