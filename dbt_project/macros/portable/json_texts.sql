{#- A JSON object with its numbers and booleans as text and without its nulls; texts, lists and objects stay as they are. -#}
{% macro json_texts(json) %}
    {{ return(adapter.dispatch("json_texts", "seg2amp")(json)) }}
{% endmacro %}

{% macro default__json_texts(json) -%}
    {%- set value = (
        "json_extract(" ~ json ~ ", '/' || replace(replace(key, '~', '~0'), '/', '~1'))"
    ) -%}
    '{' || array_to_string(
        [
            to_json(key)
            || ':'
            || case
                when json_type({{ value }}) in ('VARCHAR', 'ARRAY', 'OBJECT')
                then cast({{ value }} as text)
                else cast(to_json(cast({{ value }} as text)) as text)
            end
            for key in json_keys({{ json }}) if json_type({{ value }}) <> 'NULL'
        ],
        ','
    )
    || '}'
{%- endmacro %}

{% macro postgres__json_texts(json) -%}
    (
        select
            '{' || coalesce(
                string_agg(
                    cast(to_json(key) as text)
                    || ':'
                    || case
                        when json_typeof(value) in ('string', 'array', 'object')
                        then cast(value as text)
                        else cast(to_json(cast(value as text)) as text)
                    end,
                    ','
                    order by place
                ),
                ''
            )
            || '}'
        from json_each(cast({{ json }} as json))
        with ordinality as members(key, value, place)
        where json_typeof(value) <> 'null'
    )
{%- endmacro %}
