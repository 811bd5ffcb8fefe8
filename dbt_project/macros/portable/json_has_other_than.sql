{#-
    Whether a JSON object has a member whose value is of none of these JSON types: object, array, string or number. except: a key that may hold
    anything.
-#}
{% macro json_has_other_than(json, types, except="") %}
    {{ return(adapter.dispatch("json_has_other_than", "seg2amp")(json, types, except)) }}
{% endmacro %}

{% macro default__json_has_other_than(json, types, except) -%}
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
                {{- " and key <> '" ~ except ~ "'" if except }}
            ]
        )
        > 0
    )
{%- endmacro %}

{% macro postgres__json_has_other_than(json, types, except) -%}
    exists (
        select 1
        from json_each(cast({{ json }} as json))
        where
            json_typeof(value) not in ('{{ types | join("', '") }}')
            {{- " and key <> '" ~ except ~ "'" if except }}
    )
{%- endmacro %}
