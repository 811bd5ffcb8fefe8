{#-
    What is wrong with user or group properties, in words; NULL where nothing: plain properties beside operations, which Amplitude refuses,
    or an operation it does not know. Source: Amplitude Identify API.
-#}
{% macro operations_violation(properties) %}
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
    {{
        return(
            "case when "
            ~ properties
            ~ " like '%\"$%' then case when "
            ~ seg2amp.json_pick(properties, "operations")
            ~ " <> '{}' and "
            ~ seg2amp.json_pick(properties, "plain")
            ~ " <> '{}' then '"
            ~ properties
            ~ " mix operations and plain properties' when "
            ~ seg2amp.json_without(seg2amp.json_pick(properties, "operations"), known)
            ~ " <> '{}' then '"
            ~ properties
            ~ " hold an operation that Amplitude does not know' end end"
        )
    }}
{% endmacro %}
