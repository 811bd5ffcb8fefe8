{#-
    Where messages go, the first rule that holds deciding: {id, outcome, says, when, reason}, `when` and `reason` in SQL, `says` in words.
    outcome: mapped (rows are made), dropped (a rule says so) or rejected (it cannot be mapped).
    A rule with `off` true is left out, unless all are asked for: the settings do not ask for it.
-#}
{% macro routing_rules(all=false) %}
    -- fmt: off
    {%- set rules = [
        {
            "id": "unreadable", "outcome": "rejected",
            "says": "The line of raw JSON is no message.",
            "when": "unreadable_reason is not null",
            "reason": "unreadable_reason",
        },
        {
            "id": "no_rule_for_type", "outcome": "dropped",
            "says": "The call is none of track, page, screen, identify, group and alias.",
            "when": "coalesce(call_type, '') not in ('track', 'page', 'screen', 'identify', 'group', 'alias')",
            "reason": "'no rule for a message of this type'",
        },
        {
            "id": "no_consent", "outcome": "dropped", "off": not seg2amp.setting("consent_categories"),
            "says": "The message carries consent, but not to all of `consent_categories`.",
            "when": "consent_missing is not null",
            "reason": "'setting consent_categories: no consent to ' || consent_missing",
        },
        {
            "id": "opted_out", "outcome": "dropped", "off": not seg2amp.setting("integration_names"),
            "says": "The message's integrations say false under the first of `integration_names` that they hold, else under All.",
            "when": "opted_out_under is not null",
            "reason": "'setting integration_names: the message''s integrations say false under ' || opted_out_under",
        },
        {
            "id": "protocols_violation", "outcome": "dropped", "off": not seg2amp.setting("drop_protocols_violations"),
            "says": "The event is Violation Generated, which Segment Protocols reports, and `drop_protocols_violations` is on.",
            "when": "call_type = 'track' and event = 'Violation Generated'",
            "reason": "'a violation reported by Segment Protocols, not a person''s doing'",
        },
        {
            "id": "bot", "outcome": "dropped", "off": not seg2amp.setting("drop_bots"),
            "says": "The user agent is a robot's, and `drop_bots` is on.",
            "when": "is_bot",
            "reason": "'setting drop_bots is on and the user agent is a robot''s'",
        },
        {
            "id": "log_event_alone", "outcome": "dropped", "off": seg2amp.setting("log_event_version") != 1,
            "says": "An identify, group or alias call, and `log_event_version` is 1.",
            "when": "call_type in ('identify', 'group', 'alias')",
            "reason": "'version 1 of Log Event stands alone: it covers track, page and screen calls'",
        },
        {
            "id": "track_off", "outcome": "dropped", "off": seg2amp.setting("send_track"),
            "says": "A track call, and `send_track` is off.",
            "when": "call_type = 'track'",
            "reason": "'setting send_track is off'",
        },
        {
            "id": "page_off", "outcome": "dropped", "off": seg2amp.setting("send_page"),
            "says": "A page call, and `send_page` is off.",
            "when": "call_type = 'page'",
            "reason": "'setting send_page is off'",
        },
        {
            "id": "screen_off", "outcome": "dropped", "off": seg2amp.setting("send_screen"),
            "says": "A screen call, and `send_screen` is off.",
            "when": "call_type = 'screen'",
            "reason": "'setting send_screen is off'",
        },
        {
            "id": "identify_off", "outcome": "dropped", "off": seg2amp.setting("send_identify"),
            "says": "An identify call, and `send_identify` is off.",
            "when": "call_type = 'identify'",
            "reason": "'setting send_identify is off'",
        },
        {
            "id": "group_off", "outcome": "dropped", "off": seg2amp.setting("send_group"),
            "says": "A group call, and `send_group` is off.",
            "when": "call_type = 'group'",
            "reason": "'setting send_group is off'",
        },
        {
            "id": "alias_off", "outcome": "dropped", "off": seg2amp.setting("send_alias"),
            "says": "An alias call, and `send_alias` is off.",
            "when": "call_type = 'alias'",
            "reason": "'setting send_alias is off'",
        },
        {
            "id": "exception", "outcome": "dropped",
            "says": "The seed `event_exceptions` drops the event, page or screen of this name.",
            "when": "exception_reason is not null",
            "reason": "exception_reason",
        },
        {
            "id": "drop_override", "outcome": "dropped", "off": not seg2amp.drop_override(),
            "says": "The macro `drop_override` of your own project drops the message.",
            "when": seg2amp.drop_override(),
            "reason": "'the macro drop_override of your project'",
        },
        {
            "id": "event_not_listed", "outcome": "dropped", "off": not seg2amp.setting("only_events"),
            "says": "A track call whose event `only_events` does not list.",
            "when": "call_type = 'track' and not " ~ seg2amp.event_is_listed("only_events"),
            "reason": "'setting only_events does not list the event'",
        },
        {
            "id": "event_dropped", "outcome": "dropped", "off": not seg2amp.setting("drop_events"),
            "says": "A track call whose event `drop_events` lists.",
            "when": "call_type = 'track' and " ~ seg2amp.event_is_listed("drop_events"),
            "reason": "'setting drop_events lists the event'",
        },
        {
            "id": "value_not_wanted", "outcome": "dropped", "off": not seg2amp.setting("only_where"),
            "says": "The message lacks one of the values in `only_where`.",
            "when": "value_not_wanted is not null",
            "reason": "value_not_wanted",
        },
        {
            "id": "value_dropped", "outcome": "dropped", "off": not seg2amp.setting("drop_where"),
            "says": "The message has one of the values in `drop_where`.",
            "when": "value_dropped is not null",
            "reason": "value_dropped",
        },
        {
            "id": "page_not_tracked", "outcome": "dropped", "off": seg2amp.setting("page_emit") == "one",
            "says": "A page or screen call that neither `track_named_pages`, `track_categorized_pages`, `track_all_pages` nor `screen_naming` covers, where `page_emit` is not one.",
            "when": "call_type in ('page', 'screen') and not is_tracked_page",
            "reason": "'no setting track_…_pages covers this call'",
        },
        {
            "id": "wrong_type", "outcome": "rejected",
            "says": "An id, name or time, or with `strict_types` any field, holds a value that is not of its type.",
            "when": "type_reason is not null",
            "reason": "type_reason",
        },
        {
            "id": "wrong_product_type", "outcome": "rejected", "off": not seg2amp.setting("strict_types"),
            "says": "A product holds a value that is not of its type, and `strict_types` is on.",
            "when": "product_reason is not null",
            "reason": "'a product''s ' || product_reason",
        },
        {
            "id": "wrong_products_type", "outcome": "rejected", "off": not seg2amp.setting("strict_types"),
            "says": "The products are neither a list nor an object, and `strict_types` is on.",
            "when": "products_are_misread",
            "reason": "'products is neither an array nor an object'",
        },
        {
            "id": "event_name_missing", "outcome": "rejected",
            "says": "A track call without an event name.",
            "when": "call_type = 'track' and event is null",
            "reason": "'a track call without an event name'",
        },
        {
            "id": "group_value_missing", "outcome": "rejected",
            "says": "A group call without a group type or value.",
            "when": "call_type = 'group' and (group_type is null or group_value is null)",
            "reason": "'a group call without a group type or value'",
        },
        {
            "id": "group_of_nobody", "outcome": "rejected",
            "says": "A group call that names nobody and says nothing of the group.",
            "when": "call_type = 'group' and coalesce(user_id, device_id) is null and not has_group_properties",
            "reason": "'a group call that names nobody and says nothing of the group'",
        },
        {"id": "order_completed", "outcome": "mapped", "says": "A completed order, by `order_completed_match`: an event, and one more for each product unless `track_products_once` is on.", "when": "is_order"},
        {"id": "track",           "outcome": "mapped", "says": "Any other track call: an event.", "when": "call_type = 'track'"},
        {"id": "page",            "outcome": "mapped", "says": "A page call: an event, or by `page_emit` several.", "when": "call_type = 'page'"},
        {"id": "screen",          "outcome": "mapped", "says": "A screen call: an event, or by `page_emit` several.", "when": "call_type = 'screen'"},
        {"id": "identify",        "outcome": "mapped", "says": "An identify call: an `$identify` row.", "when": "call_type = 'identify'"},
        {"id": "group",           "outcome": "mapped", "says": "A group call: an `$identify` row for its person, and a group identify.", "when": "call_type = 'group'"},
        {"id": "alias",           "outcome": "mapped", "says": "An alias call: a user mapping.", "when": "call_type = 'alias'"},
    ] -%}
    -- fmt: on
    {{ return(rules if all else rules | rejectattr("off") | list) }}
{% endmacro %}
