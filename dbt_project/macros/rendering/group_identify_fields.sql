{#-
    What an identification of the Group Identify API is made of, in order: {field: Amplitude's key, json: SQL from a row of
    amplitude_group_identifies, origins: in words, where it comes from}.
-#}
{% macro group_identify_fields() %}
    {%- set groups = seg2amp.group_origins() -%}
    {%- set text = seg2amp.json_string -%}
    -- fmt: off
    {{ return([
        {"field": "group_type",       "json": text("group_type"),  "origins": groups.group_type},
        {"field": "group_value",      "json": text("group_value"), "origins": groups.group_value},
        {"field": "group_properties", "json": "group_properties",  "origins": groups.group_properties},
        {"field": "library",          "json": text("library"),     "origins": [seg2amp.library_origin(true)]},
    ]) }}
    -- fmt: on
{% endmacro %}
