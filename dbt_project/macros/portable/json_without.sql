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
    (
        select
            '{' || coalesce(
                string_agg(
                    cast(to_json(key) as text) || ':' || cast(value as text), ',' order by place
                ),
                ''
            )
            || '}'
        from json_each(cast({{ json }} as json))
        with ordinality as members(key, value, place)
        where key not in ('{{ names }}')
    )
{%- endmacro %}
