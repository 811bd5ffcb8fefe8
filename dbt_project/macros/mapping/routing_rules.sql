{#-
    Where messages go, the first rule that holds deciding: {id, outcome, when, reason}, `when` and `reason` in SQL.
    outcome: mapped (rows are made), dropped (a rule says so) or rejected (it cannot be mapped).
-#}
{% macro routing_rules() %}
    {%- set rules = [
        {
            "id": "unreadable",
            "outcome": "rejected",
            "when": "unreadable_reason is not null",
            "reason": "unreadable_reason",
        },
        {
            "id": "no_rule_for_type",
            "outcome": "dropped",
            "when": "call_type is null or call_type not in ('track', 'page', 'screen', 'identify', 'group', 'alias')",
            "reason": "'no rule for a message of this type'",
        },
    ] -%}
    {%- if seg2amp.setting("drop_protocols_violations") -%}
        {%- do rules.append(
            {
                "id": "protocols_violation",
                "outcome": "dropped",
                "when": "call_type = 'track' and event = 'Violation Generated'",
                "reason": "'a violation reported by Segment Protocols, not a person''s doing'",
            }
        ) -%}
    {%- endif -%}
    {%- if seg2amp.setting("log_event_version") == 1 -%}
        {%- do rules.append(
            {
                "id": "log_event_alone",
                "outcome": "dropped",
                "when": "call_type in ('identify', 'group', 'alias')",
                "reason": "'version 1 of Log Event stands alone: it covers track, page and screen calls'",
            }
        ) -%}
    {%- endif -%}
    {%- if not seg2amp.setting("send_group") -%}
        {%- do rules.append(
            {
                "id": "group_off",
                "outcome": "dropped",
                "when": "call_type = 'group'",
                "reason": "'setting send_group is off'",
            }
        ) -%}
    {%- endif -%}
    {%- if not seg2amp.setting("send_alias") -%}
        {%- do rules.append(
            {
                "id": "alias_off",
                "outcome": "dropped",
                "when": "call_type = 'alias'",
                "reason": "'setting send_alias is off'",
            }
        ) -%}
    {%- endif -%}
    {%- if seg2amp.setting("page_emit") != "one" -%}
        {%- do rules.append(
            {
                "id": "page_not_tracked",
                "outcome": "dropped",
                "when": "call_type in ('page', 'screen') and not ("
                ~ seg2amp.page_is_tracked()
                ~ ")",
                "reason": "'no setting track_…_pages covers this call'",
            }
        ) -%}
    {%- endif -%}
    {{
        return(
            rules
            + [
                {
                    "id": "wrong_type",
                    "outcome": "rejected",
                    "when": "type_reason is not null",
                    "reason": "type_reason",
                },
                {
                    "id": "wrong_product_type",
                    "outcome": "rejected",
                    "when": "product_reason is not null",
                    "reason": "'a product''s ' || product_reason",
                },
                {
                    "id": "wrong_products_type",
                    "outcome": "rejected",
                    "when": seg2amp.products_are_no_array(),
                    "reason": "'products is neither an array nor an object'",
                },
                {
                    "id": "event_name_missing",
                    "outcome": "rejected",
                    "when": "call_type = 'track' and event is null",
                    "reason": "'a track call without an event name'",
                },
                {
                    "id": "group_value_missing",
                    "outcome": "rejected",
                    "when": "call_type = 'group' and (group_type is null or group_value is null)",
                    "reason": "'a group call without a group type or value'",
                },
                {"id": "order_completed", "outcome": "mapped", "when": "is_order"},
                {"id": "track", "outcome": "mapped", "when": "call_type = 'track'"},
                {"id": "page", "outcome": "mapped", "when": "call_type = 'page'"},
                {"id": "screen", "outcome": "mapped", "when": "call_type = 'screen'"},
                {"id": "identify", "outcome": "mapped", "when": "call_type = 'identify'"},
                {"id": "group", "outcome": "mapped", "when": "call_type = 'group'"},
                {"id": "alias", "outcome": "mapped", "when": "call_type = 'alias'"},
            ]
        )
    }}
{% endmacro %}
