{#-
    One identify as JSON text, from a row of amplitude_identifies: an `$identify` of the stream of events, or an identification of the Identify API,
    which knows no event_type, time or user_agent. Keys without a value are left out.
-#}
{% macro identify_payload() -%}
    {%- set text = seg2amp.json_string -%}
    {%- set pairs = {
        "user_id": text("user_id"),
        "device_id": text("device_id"),
        "event_type": seg2amp.only_in_stream("'\"$identify\"'"),
        "time": seg2amp.only_in_stream("cast(time as text)"),
        "insert_id": text("insert_id"),
        "user_properties": "user_properties",
        "groups": "groups",
    } -%}
    {%- for name in seg2amp.device_fields() + ["paying", "start_version", "library"] -%}
        {%- do pairs.update({name: text(name)}) -%}
    {%- endfor -%}
    {%- do pairs.update({"user_agent": seg2amp.only_in_stream(text("user_agent"))}) -%}
    {{ seg2amp.json_object(pairs) }}
{%- endmacro %}
