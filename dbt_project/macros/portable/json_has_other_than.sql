{#- Whether a JSON object has a member whose value is of none of these JSON types: object, array, string or number. -#}
{% macro json_has_other_than(json, types) %}
    {{ return(adapter.dispatch("json_has_other_than", "seg2amp")(json, types)) }}
{% endmacro %}

{% macro default__json_has_other_than(json, types) -%}
    {%- set names = {
        "object": "'OBJECT'",
        "array": "'ARRAY'",
        "string": "'VARCHAR'",
        "number": "'BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE'",
    } -%}
    {%- set wanted = [] -%}
    {%- for type in types -%} {%- do wanted.append(names[type]) -%} {%- endfor -%}
    (
        len(
            [
                key
                for key in json_keys({{ json }})
                if json_type(
                    json_extract({{ json }}, '/' || replace(replace(key, '~', '~0'), '/', '~1'))
                )
                not in ({{ wanted | join(", ") }})
            ]
        )
        > 0
    )
{%- endmacro %}

{% macro postgres__json_has_other_than(json, types) -%}
    exists (
        select 1
        from json_each(cast({{ json }} as json))
        where json_typeof(value) not in ('{{ types | join("', '") }}')
    )
{%- endmacro %}
