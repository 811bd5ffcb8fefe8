{#- In words, where groups of a row and the fields of a group come from: {field: origins}. -#}
{% macro group_origins() %}
    {%- set path = seg2amp.field_path -%}
    {%- set option = seg2amp.setting("event_groups_option") -%}
    {%- set type, value = seg2amp.setting("group_type_trait"), seg2amp.setting(
        "group_value_trait"
    ) -%}
    {%- set traits = path("traits") -%}
    {%- set lacking = (
        "A call that lacks one of the two traits takes neither."
        if seg2amp.setting("group_needs_both_traits")
        else "A call that has the type's trait alone is rejected."
    ) -%}
    {%- set rule = lacking if type else "" -%}
    {%- set settings = ["group_type_trait", "group_value_trait", "group_needs_both_traits"] -%}
    {%- set fallback = (
        "Also of the fallback `[Segment] Group`"
        if seg2amp.setting("group_properties_of_fallback")
        else "Of the fallback `[Segment] Group` no row is made"
    ) -%}
    {%- set missing = (
        "the row is rejected"
        if seg2amp.setting("strict_types")
        else "they are an empty object"
    ) -%}
    {%- set wrapped = (
        ""
        if seg2amp.setting("wrap_plain_in_set") == "never"
        else "; plain ones beside operations go into `$set`"
    ) -%}
    -- fmt: off
    {{ return({
        "groups": [seg2amp.origin(
            seg2amp.option_paths("groups") if option else [],
            "An object of group types, each with its value or values." if option else "",
            ["event_groups_option", "session_id_source"],
        )],
        "group_type": [seg2amp.origin((["`traits." ~ type ~ "`"] if type else []) + ["the words `[Segment] Group`"], rule or "Always the same.", settings)],
        "group_value": [seg2amp.origin((["`traits." ~ value ~ "`"] if value else []) + [path("group_id")], rule, settings)],
        "group_properties": [seg2amp.origin([traits], fallback ~ "; without traits " ~ missing ~ wrapped ~ ".", ["group_properties_of_fallback", "strict_types", "wrap_plain_in_set"])],
        "membership": [seg2amp.origin(["`{group_type: group_value}`"], "Both as in the group identify.", settings)],
    }) }}
    -- fmt: on
{% endmacro %}
