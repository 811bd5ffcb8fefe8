{#-
    What is wrong with user or group properties, in words; NULL where nothing: plain properties beside operations, which Amplitude refuses,
    an operation it does not know, one that is no object of properties, or $add of something that is no number.
    Source: Amplitude Identify API.
-#}
{% macro operations_violation(properties) -%}
    {%- set operations = seg2amp.json_pick(properties, "operations") -%}
    {%- set known = [
        "$set",
        "$setOnce",
        "$add",
        "$append",
        "$prepend",
        "$unset",
        "$preInsert",
        "$postInsert",
        "$remove",
        "$clearAll",
    ] -%}
    case
        when coalesce({{ properties }} not like '%"$%', true)
        then null
        when {{ operations }} <> '{}' and {{ seg2amp.json_pick(properties, "plain") }} <> '{}'
        then '{{ properties }} mix operations and plain properties'
        when {{ seg2amp.json_without(operations, known) }} <> '{}'
        then '{{ properties }} hold an operation that Amplitude does not know'
        when
            {{ seg2amp.json_leaf(operations, ["$clearAll"]) }} is not null
            and {{ seg2amp.json_without(operations, ["$clearAll"]) }} <> '{}'
        then '{{ properties }} clear all beside other operations'
        when
            {{
                seg2amp.json_has_other_than(
                    seg2amp.json_without(operations, ["$clearAll"]), ["object"]
                )
            }}
        then '{{ properties }} hold an operation that is not an object'
        when
            {{
                seg2amp.json_has_other_than(
                    "coalesce(" ~ seg2amp.json_leaf(properties, ["$add"]) ~ ", '{}')", ["number"]
                )
            }}
        then '{{ properties }} add something that is not a number'
    end
{%- endmacro %}
