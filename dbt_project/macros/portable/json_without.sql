{#- A JSON object without some of its keys. keys: list of names. -#}
{% macro json_without(json, keys) %}
    {{ return(adapter.dispatch("json_without", "seg2amp")(json, keys)) }}
{% endmacro %}

{% macro default__json_without(json, keys) -%}
    {%- set names = keys | join("', '") -%}
    '{'
    || array_to_string({{ seg2amp._json_members(json, "key not in ('" ~ names ~ "')") }}, ',')
    || '}'
{%- endmacro %}

{% macro postgres__json_without(json, keys) -%}
    {%- set names = keys | join("', '") -%}
    cast(cast({{ json }} as jsonb) - array['{{ names }}'] as text)
{%- endmacro %}
