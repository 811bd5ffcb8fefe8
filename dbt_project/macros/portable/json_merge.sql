{#- Two JSON objects as one; where both have a key, the second's value stands as it is, null too. -#}
{% macro json_merge(first, second) %}
    {{ return(adapter.dispatch("json_merge", "seg2amp")(first, second)) }}
{% endmacro %}

{% macro default__json_merge(first, second) -%}
    '{' || array_to_string(
        {{ seg2amp._json_members(first, "not list_contains(json_keys(" ~ second ~ "), key)") }}
        || {{ seg2amp._json_members(second, "true") }},
        ','
    )
    || '}'
{%- endmacro %}

{% macro postgres__json_merge(first, second) -%}
    cast(cast({{ first }} as jsonb) || cast({{ second }} as jsonb) as text)
{%- endmacro %}
