{#-
    The kinds of row that Amplitude gets: {row, calls: the Segment calls that make it, fields: what it is made of}. The user properties of
    events are a row of their own where `user_properties_on` asks for it.
-#}
{% macro amplitude_rows() %}
    -- fmt: off
    {%- set rows = [
        {"row": "event",            "calls": "track, page, screen", "fields": seg2amp.event_fields()},
        {"row": "product event",    "calls": "completed order",     "fields": seg2amp.event_fields(product=true)},
        {"row": "identify",         "calls": "identify",            "fields": seg2amp.identify_fields()},
        {"row": "group membership", "calls": "group",               "fields": seg2amp.identify_fields("group membership")},
        {"row": "group identify",   "calls": "group",               "fields": seg2amp.group_identify_fields()},
        {"row": "user mapping",     "calls": "alias",               "fields": seg2amp.user_map_fields()},
    ] -%}
    {%- set apart = {"row": "user properties", "calls": "track, page, screen", "fields": seg2amp.identify_fields("user properties")} -%}
    -- fmt: on
    {{ return(rows + ([apart] if seg2amp.setting("user_properties_on") == "identify" else [])) }}
{% endmacro %}
