{#-
    What an identify is made of, in order: {field: Amplitude's key, json: SQL from a row of amplitude_identifies with its endpoint, origins: in
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
    {%- set only = seg2amp.only_in_stream -%}
    {%- set text = seg2amp.json_string -%}
    -- fmt: off
    {{ return([
        {"field": "user_id",         "json": text("user_id"),            "origins": ids.user_id},
        {"field": "device_id",       "json": text("device_id"),          "origins": ids.device_id},
        {"field": "event_type",      "json": only("'\"$identify\"'"),    "origins": in_stream.event_type},
        {"field": "time",            "json": only("cast(time as text)"), "origins": in_stream.time},
        {"field": "insert_id",       "json": text("insert_id"),          "origins": [seg2amp.insert_id_origin(row)]},
        {"field": "user_properties", "json": "user_properties",          "origins": of_person},
        {"field": "groups",          "json": "groups",                   "origins": of_groups},
    ] + seg2amp.device_entries(device) + [
        {"field": "paying",          "json": text("paying"),             "origins": [seg2amp.mapped_origin("paying")]},
        {"field": "start_version",   "json": text("start_version"),      "origins": [seg2amp.mapped_origin("start_version")]},
        {"field": "library",         "json": text("library"),            "origins": [seg2amp.library_origin(row != "user properties")]},
        {"field": "user_agent",      "json": only(text("user_agent")),   "origins": in_stream.user_agent},
    ]) }}
    -- fmt: on
{% endmacro %}
