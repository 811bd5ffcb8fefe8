{#-
    What a mapping of the User Mapping API is made of, in order: {field: Amplitude's key, json: SQL from a row of amplitude_user_mappings,
    origins: in words, where it comes from}.
-#}
{% macro user_map_fields() %}
    {%- set path, unmap = seg2amp.field_path, seg2amp.field_path("unmap") -%}
    {%- set given = "Where " ~ unmap ~ " has a value" -%}
    {%- set id_rule = seg2amp.id_origins().user_id[0] -%}
    -- fmt: off
    {{ return([
        {"field": "user_id",        "origins": [seg2amp.origin([unmap, path("previous_id")], id_rule.rule, id_rule.settings)]},
        {"field": "global_user_id", "origins": [seg2amp.origin([path("user_id")], given ~ ", it is left out.", id_rule.settings)]},
        {"field": "unmap",          "origins": [seg2amp.origin(["the word `true`"], given ~ ", the user is no longer mapped.")]},
    ]) }}
    -- fmt: on
{% endmacro %}
