{#-
    What is wrong with user or group properties, in words; NULL where nothing: plain properties beside operations, which Amplitude refuses,
    or an operation it does not know. Source: Amplitude Identify API.
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
    end
{%- endmacro %}
