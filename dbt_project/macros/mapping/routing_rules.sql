{#-
    Where messages go, the first rule that holds deciding: {id, outcome, when, reason}, `when` and `reason` in SQL.
    outcome: mapped (rows are made), dropped (a rule says so) or rejected (it cannot be mapped).
    A rule with `off` true is left out: the settings do not ask for it.
-#}
{% macro routing_rules() %}
    -- fmt: off
    {%- set rules = [
        {
            "id": "unreadable", "outcome": "rejected",
            "when": "unreadable_reason is not null",
            "reason": "unreadable_reason",
        },
        {
            "id": "no_rule_for_type", "outcome": "dropped",
            "when": "call_type is null or call_type not in ('track', 'page', 'screen', 'identify', 'group', 'alias')",
            "reason": "'no rule for a message of this type'",
        },
        {
            "id": "protocols_violation", "outcome": "dropped", "off": not seg2amp.setting("drop_protocols_violations"),
            "when": "call_type = 'track' and event = 'Violation Generated'",
            "reason": "'a violation reported by Segment Protocols, not a person''s doing'",
        },
        {
            "id": "log_event_alone", "outcome": "dropped", "off": seg2amp.setting("log_event_version") != 1,
            "when": "call_type in ('identify', 'group', 'alias')",
            "reason": "'version 1 of Log Event stands alone: it covers track, page and screen calls'",
        },
        {
            "id": "group_off", "outcome": "dropped", "off": seg2amp.setting("send_group"),
            "when": "call_type = 'group'",
            "reason": "'setting send_group is off'",
        },
        {
            "id": "alias_off", "outcome": "dropped", "off": seg2amp.setting("send_alias"),
            "when": "call_type = 'alias'",
            "reason": "'setting send_alias is off'",
        },
        {
            "id": "page_not_tracked", "outcome": "dropped", "off": seg2amp.setting("page_emit") == "one",
            "when": "call_type in ('page', 'screen') and not " ~ seg2amp.page_is_tracked(),
            "reason": "'no setting track_…_pages covers this call'",
        },
        {
            "id": "wrong_type", "outcome": "rejected",
            "when": "type_reason is not null",
            "reason": "type_reason",
        },
        {
            "id": "wrong_product_type", "outcome": "rejected",
            "when": "product_reason is not null",
            "reason": "'a product''s ' || product_reason",
        },
        {
            "id": "wrong_products_type", "outcome": "rejected",
            "when": seg2amp.products_are_no_array(),
            "reason": "'products is neither an array nor an object'",
        },
        {
            "id": "event_name_missing", "outcome": "rejected",
            "when": "call_type = 'track' and event is null",
            "reason": "'a track call without an event name'",
        },
        {
            "id": "group_value_missing", "outcome": "rejected",
            "when": "call_type = 'group' and (group_type is null or group_value is null)",
            "reason": "'a group call without a group type or value'",
        },
        {
            "id": "group_of_nobody", "outcome": "rejected",
            "when": "call_type = 'group' and coalesce(user_id, device_id) is null and not " ~ seg2amp.group_has_properties(),
            "reason": "'a group call that names nobody and says nothing of the group'",
        },
        {"id": "order_completed", "outcome": "mapped", "when": "is_order"},
        {"id": "track",           "outcome": "mapped", "when": "call_type = 'track'"},
        {"id": "page",            "outcome": "mapped", "when": "call_type = 'page'"},
        {"id": "screen",          "outcome": "mapped", "when": "call_type = 'screen'"},
        {"id": "identify",        "outcome": "mapped", "when": "call_type = 'identify'"},
        {"id": "group",           "outcome": "mapped", "when": "call_type = 'group'"},
        {"id": "alias",           "outcome": "mapped", "when": "call_type = 'alias'"},
    ] -%}
    -- fmt: on
    {{ return(rules | rejectattr("off") | list) }}
{% endmacro %}
