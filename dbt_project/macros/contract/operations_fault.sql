{#-
    What is wrong with user or group properties, in words that follow their name; NULL where nothing: plain properties beside operations, which
    Amplitude refuses, an operation it does not know, one that is no object of properties, or $add of something that is no number.
    operations, plain, added: JSON objects of the properties' operations, of the other ones, and what $add holds. Source: Amplitude Identify API.
-#}
{% macro operations_fault(operations, plain, added) -%}
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
    {%- set is_known = "key in ('" ~ known | join("', '") ~ "')" -%}
    case
        when {{ operations }} <> '{}' and {{ plain }} <> '{}'
        then 'mix operations and plain properties'
        when {{ seg2amp.json_where(operations, "not " ~ is_known) }} <> '{}'
        then 'hold an operation that Amplitude does not know'
        when
            {{ operations }} like '%"$clearAll"%'
            and {{ seg2amp.json_leaf(operations, ["$clearAll"]) }} is not null
            and {{ seg2amp.json_where(operations, "key <> '$clearAll'") }} <> '{}'
        then 'clear all beside other operations'
        when {{ seg2amp.json_has_other_than(operations, ["object"], except="$clearAll") }}
        then 'hold an operation that is not an object'
        when {{ seg2amp.json_has_other_than(added, ["number"]) }}
        then 'add something that is not a number'
    end
{%- endmacro %}
