{#-
    The messages of some call types that give rows, as a select: what the doors say of each, and what its route says (`int_messages_routed`).
    calls: SQL, the call types.
-#}
{% macro sent_messages(calls) -%}
    select
        messages.*,
        routed.change_number,
        routed.event,
        routed.name,
        routed.original_name,
        routed.rule_id,
        routed.is_order,
        routed.time,
        routed.latest_credible_ms
    from {{ ref("int_messages_routed") }} as routed
    inner join
        {{ ref("stg_segment__messages") }} as messages
        on routed.row_id = messages.row_id
        and routed.landed_in = messages.landed_in
    where routed.outcome = 'mapped' and routed.call_type in ({{ calls }})
{%- endmacro %}
