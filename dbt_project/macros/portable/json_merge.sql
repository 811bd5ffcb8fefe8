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

{#- Not jsonb, which would write every number and key anew. -#}
{% macro postgres__json_merge(first, second) -%}
    (
        select
            '{' || coalesce(
                string_agg(
                    cast(to_json(key) as text) || ':' || cast(value as text),
                    ','
                    order by half, place
                ),
                ''
            )
            || '}'
        from
            (
                select 1 as half, place, key, value
                from json_each(cast({{ first }} as json))
                with ordinality as members(key, value, place)
                where
                    not exists (
                        select 1
                        from json_object_keys(cast({{ second }} as json)) as other(name)
                        where other.name = members.key
                    )
                union all
                select 2 as half, place, key, value
                from json_each(cast({{ second }} as json))
                with ordinality as members(key, value, place)
            ) as merged
    )
{%- endmacro %}
