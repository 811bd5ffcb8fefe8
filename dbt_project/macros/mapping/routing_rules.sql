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
            "id": "no_consent", "outcome": "dropped", "off": not seg2amp.setting("consent_categories"),
            "when": seg2amp.consent_missing() ~ " is not null",
            "reason": "'setting consent_categories: no consent to ' || " ~ seg2amp.consent_missing(),
        },
        {
            "id": "opted_out", "outcome": "dropped", "off": not seg2amp.setting("integration_names"),
            "when": seg2amp.opt_out_name() ~ " is not null",
            "reason": "'setting integration_names: the message''s integrations say false under ' || " ~ seg2amp.opt_out_name(),
        },
        {
            "id": "protocols_violation", "outcome": "dropped", "off": not seg2amp.setting("drop_protocols_violations"),
            "when": "call_type = 'track' and event = 'Violation Generated'",
            "reason": "'a violation reported by Segment Protocols, not a person''s doing'",
        },
        {
            "id": "bot", "outcome": "dropped", "off": not seg2amp.setting("drop_bots"),
            "when": "agent_is_bot",
            "reason": "'setting drop_bots is on and the user agent is a robot''s'",
        },
        {
            "id": "log_event_alone", "outcome": "dropped", "off": seg2amp.setting("log_event_version") != 1,
            "when": "call_type in ('identify', 'group', 'alias')",
            "reason": "'version 1 of Log Event stands alone: it covers track, page and screen calls'",
        },
        {
            "id": "track_off", "outcome": "dropped", "off": seg2amp.setting("send_track"),
            "when": "call_type = 'track'",
            "reason": "'setting send_track is off'",
        },
        {
            "id": "page_off", "outcome": "dropped", "off": seg2amp.setting("send_page"),
            "when": "call_type = 'page'",
            "reason": "'setting send_page is off'",
        },
        {
            "id": "screen_off", "outcome": "dropped", "off": seg2amp.setting("send_screen"),
            "when": "call_type = 'screen'",
            "reason": "'setting send_screen is off'",
        },
        {
            "id": "identify_off", "outcome": "dropped", "off": seg2amp.setting("send_identify"),
            "when": "call_type = 'identify'",
            "reason": "'setting send_identify is off'",
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
            "id": "exception", "outcome": "dropped",
            "when": "exception_reason is not null",
            "reason": "exception_reason",
        },
        {
            "id": "event_not_listed", "outcome": "dropped", "off": not seg2amp.setting("only_events"),
            "when": "call_type = 'track' and not " ~ seg2amp.event_is_listed("only_events"),
            "reason": "'setting only_events does not list the event'",
        },
        {
            "id": "event_dropped", "outcome": "dropped", "off": not seg2amp.setting("drop_events"),
            "when": "call_type = 'track' and " ~ seg2amp.event_is_listed("drop_events"),
            "reason": "'setting drop_events lists the event'",
        },
        {
            "id": "value_not_wanted", "outcome": "dropped", "off": not seg2amp.setting("only_where"),
            "when": "value_not_wanted is not null",
            "reason": "value_not_wanted",
        },
        {
            "id": "value_dropped", "outcome": "dropped", "off": not seg2amp.setting("drop_where"),
            "when": "value_dropped is not null",
            "reason": "value_dropped",
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
