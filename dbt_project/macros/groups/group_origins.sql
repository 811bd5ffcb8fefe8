{#- In words, where groups of a row and the fields of a group come from: {payload key: origins}. row: its kind, as `audit_mapping` names it. -#}
{% macro group_origins(row) %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- set type, value = setting("group_type_trait"), setting("group_value_trait") -%}
    {%- set settings = ["group_type_trait", "group_value_trait", "group_needs_both_traits"] -%}

    {%- if row == "group membership" -%}
        {%- set membership = [origin(["`{group_type: group_value}`"], "Both as in the group identify.", settings)] -%}
        {{ return({"user_properties": membership, "groups": membership}) }}
    {%- elif row == "group identify" -%}
        {%- set lacking = {
            true:  "A call that lacks one of the two traits takes neither.",
            false: "A call that has the type's trait alone is rejected.",
        }[setting("group_needs_both_traits")] if type else "" -%}
        {%- set fallback = {
            true:  "Also of the fallback `[Segment] Group`",
            false: "Of the fallback `[Segment] Group` no row is made",
        }[setting("group_properties_of_fallback")] -%}
        {%- set missing = "the row is rejected" if setting("strict_types") else "they are an empty object" -%}
        {%- set wrapped = "" if setting("wrap_plain_in_set") == "never" else "; plain ones beside operations go into `$set`" -%}
        {{ return({
            "group_type": [origin(
                ["`traits." ~ type ~ "`" if type else "", "the words `[Segment] Group`"], lacking or "Always the same.", settings
            )],
            "group_value": [origin(["`traits." ~ value ~ "`" if value else "", path("group_id")], lacking, settings)],
            "group_properties": [origin(
                [path("traits")],
                fallback ~ "; without traits " ~ missing ~ wrapped ~ ".",
                ["group_properties_of_fallback", "strict_types", "wrap_plain_in_set"],
            )],
        }) }}
    {%- elif row == "user properties" -%}
        {{ return({"groups": [origin([], "Only identify calls have it.")]}) }}
    {%- endif -%}

    {%- set asked = setting("event_groups_option") -%}
    {{ return({"groups": [origin(
        seg2amp.option_paths("groups") if asked else [],
        "An object of group types, each with its value or values." if asked else "",
        ["event_groups_option", "session_id_source"],
    )]}) }}
    -- fmt: on
{% endmacro %}
