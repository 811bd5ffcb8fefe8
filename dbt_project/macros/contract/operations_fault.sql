{#-
    What is wrong with user or group properties, in words; NULL where nothing: plain properties beside operations, which Amplitude refuses,
    an operation it does not know, one that is no object of properties, or $add of something that is no number.
    operations, plain, added: columns that hold the properties' operations, the other ones, and what $add holds, where they are looked into.
    Source: Amplitude Identify API.
-#}
{% macro operations_fault(properties, operations, plain, added) -%}
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
    {%- set others = seg2amp.without_keys(operations, ["$clearAll"]) -%}
    case
        when {{ operations }} <> '{}' and {{ plain }} <> '{}'
        then '{{ properties }} mix operations and plain properties'
        when {{ seg2amp.without_keys(operations, known) }} <> '{}'
        then '{{ properties }} hold an operation that Amplitude does not know'
        when
            {{ operations }} like '%"$clearAll"%'
            and {{ seg2amp.json_leaf(operations, ["$clearAll"]) }} is not null
            and {{ others }} <> '{}'
        then '{{ properties }} clear all beside other operations'
        when {{ seg2amp.json_has_other_than(operations, ["object"], except="$clearAll") }}
        then '{{ properties }} hold an operation that is not an object'
        when {{ seg2amp.json_has_other_than(added, ["number"]) }}
        then '{{ properties }} add something that is not a number'
    end
{%- endmacro %}
