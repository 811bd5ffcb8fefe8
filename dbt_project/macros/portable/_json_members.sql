{#- DuckDB: the members of a JSON object whose `key` meets a condition, as a list of texts `"key":value`. -#}
{% macro _json_members(json, condition) -%}
    [
        to_json(key)
        || ':'
        || json_extract({{ json }}, '/' || replace(replace(key, '~', '~0'), '/', '~1'))
        for key in json_keys({{ json }}) if {{ condition }}
    ]
{%- endmacro %}
