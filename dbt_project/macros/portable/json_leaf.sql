{#-
    The JSON text at a path inside a JSON text; NULL where there is nothing, the text `null` for JSON's null.
    path: list of keys, each matched exactly.
-#}
{% macro json_leaf(json, path) %}
    {{ return(adapter.dispatch("json_leaf", "seg2amp")(json, path)) }}
{% endmacro %}

{% macro default__json_leaf(json, path) -%}
    cast(json_extract({{ json }}, '{{ seg2amp.json_path(path) }}') as text)
{%- endmacro %}

{% macro postgres__json_leaf(json, path) -%}
    cast(cast({{ json }} as json) #> {{ seg2amp.json_path(path) }} as text)
{%- endmacro %}
