{#- One `$identify` of the batch stream as JSON text, from a row of amplitude_identifies; keys without a value are left out. -#}
{% macro identify_payload() -%}
    -- fmt: off
    {%- set pairs = {
        "user_id":         seg2amp.json_string("user_id"),
        "device_id":       seg2amp.json_string("device_id"),
        "event_type":      "'\"$identify\"'",
        "time":            "cast(time as text)",
        "insert_id":       seg2amp.json_string("insert_id"),
        "user_properties": "user_properties",
        "groups":          "groups",
    } -%}
    -- fmt: on
    {%- do pairs.update(seg2amp.device_pairs()) -%}
    {%- do pairs.update(
        {
            "paying": seg2amp.json_string("paying"),
            "start_version": seg2amp.json_string("start_version"),
            "library": seg2amp.json_string("library"),
            "user_agent": seg2amp.json_string("user_agent"),
        }
    ) -%}
    {{ return(seg2amp.json_object(pairs)) }}
{%- endmacro %}
