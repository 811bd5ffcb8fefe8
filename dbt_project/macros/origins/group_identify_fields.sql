{#-
    What an identification of the Group Identify API is made of, in order: {field: Amplitude's key, origins: in words, where it comes from}.
-#}
{% macro group_identify_fields() %}
    {%- set groups = seg2amp.group_origins() -%}
    -- fmt: off
    {{ return([
        {"field": "group_type",       "origins": groups.group_type},
        {"field": "group_value",      "origins": groups.group_value},
        {"field": "group_properties", "origins": groups.group_properties},
        {"field": "library",          "origins": [seg2amp.library_origin(true)]},
    ]) }}
    -- fmt: on
{% endmacro %}
