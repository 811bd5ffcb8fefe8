{#-
    The members of a JSON object whose key begins with `$` (operations) or does not (plain), as a JSON object.
    which: 'operations' or 'plain'.
-#}
{% macro json_pick(json, which) %}
    {{ return(adapter.dispatch("json_pick", "seg2amp")(json, which)) }}
{% endmacro %}

{% macro default__json_pick(json, which) -%}
    {%- set unlike = "not" if which == "plain" else "" -%}
    '{' || array_to_string(
        [
            to_json(key)
            || ':'
            || json_extract({{ json }}, '/' || replace(replace(key, '~', '~0'), '/', '~1'))
            for key in json_keys({{ json }}) if {{ unlike }} starts_with(key, '$')
        ],
        ','
    )
    || '}'
{%- endmacro %}

{% macro postgres__json_pick(json, which) -%}
    {%- set unlike = "not" if which == "plain" else "" -%}
    (
        select
            '{' || coalesce(
                string_agg(cast(to_json(key) as text) || ':' || cast(value as text), ','), ''
            )
            || '}'
        from json_each(cast({{ json }} as json))
        where key {{ unlike }} like '$%'
    )
{%- endmacro %}
