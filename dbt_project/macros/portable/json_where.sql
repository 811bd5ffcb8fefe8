{#- The members of a JSON object whose `key` meets a condition, as a JSON object, each as it was written. condition: SQL. -#}
{% macro json_where(json, condition) %}
    {{ return(adapter.dispatch("json_where", "seg2amp")(json, condition)) }}
{% endmacro %}

{% macro default__json_where(json, condition) -%}
    '{' || array_to_string({{ seg2amp._json_members(json, condition) }}, ',') || '}'
{%- endmacro %}

{% macro postgres__json_where(json, condition) -%}
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
        where {{ condition }}
    )
{%- endmacro %}
