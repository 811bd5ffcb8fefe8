{#-
    The members of a JSON object whose key begins with `$` (operations) or does not (plain), as a JSON object.
    which: 'operations' or 'plain'.
-#}
{% macro json_pick(json, which) %}
    {{ return(adapter.dispatch("json_pick", "seg2amp")(json, which)) }}
{% endmacro %}

{% macro default__json_pick(json, which) -%}
    {%- set unlike = "not " if which == "plain" else "" -%}
    '{'
    || array_to_string({{ seg2amp._json_members(json, unlike ~ "starts_with(key, '$')") }}, ',')
    || '}'
{%- endmacro %}

{% macro postgres__json_pick(json, which) -%}
    {%- set unlike = "not" if which == "plain" else "" -%}
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
        where key {{ unlike }} like '$%'
    )
{%- endmacro %}
