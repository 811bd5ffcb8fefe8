{#-
    What an identify is made of, in order: {field: Amplitude's key, origins: in
    words, where it comes from}. row: whose words, those of an identify call, of a group membership or of an event's user properties.
    By the form of the Identify API it has no event_type, time or user_agent, which that does not know.
-#}
{% macro identify_fields(row="identify") %}
    {%- set ids, groups = seg2amp.id_origins(), seg2amp.group_origins() -%}
    {%- set own = row == "identify" -%}
    {%- set unsent = [seg2amp.origin([], "Only identify calls have it.")] -%}
    {%- set of_person = {
        "identify": seg2amp.user_property_origins("identify"),
        "group membership": groups.membership,
        "user properties": seg2amp.user_property_origins("event"),
    }[row] -%}
    {%- set of_groups = {
        "identify": groups.groups,
        "group membership": groups.membership,
        "user properties": unsent,
    }[row] -%}
    {%- set device = seg2amp.device_origins() if own else none -%}
    {%- set agent = seg2amp.tracking_origins().user_agent if own else unsent -%}
    {%- set name = [seg2amp.origin(["the word `$identify`"], "Always the same.")] -%}
    {%- set in_stream = seg2amp.stream_origins(
        {"event_type": name, "time": seg2amp.time_origins().time, "user_agent": agent},
        always=row == "user properties",
    ) -%}
    -- fmt: off
    {{ return([
        {"field": "user_id",         "origins": ids.user_id},
        {"field": "device_id",       "origins": ids.device_id},
        {"field": "event_type",      "origins": in_stream.event_type},
        {"field": "time",            "origins": in_stream.time},
        {"field": "insert_id",       "origins": [seg2amp.insert_id_origin(row)]},
        {"field": "user_properties", "origins": of_person},
        {"field": "groups",          "origins": of_groups},
    ] + seg2amp.device_entries(device) + [
        {"field": "paying",          "origins": [seg2amp.mapped_origin("paying")]},
        {"field": "start_version",   "origins": [seg2amp.mapped_origin("start_version")]},
        {"field": "library",         "origins": [seg2amp.library_origin(row != "user properties")]},
        {"field": "user_agent",      "origins": in_stream.user_agent},
    ]) }}
    -- fmt: on
{% endmacro %}
