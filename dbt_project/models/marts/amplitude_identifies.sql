with
    messages as (
        select *
        from {{ ref("int_messages_routed") }}
        where {{ seg2amp.changed() }} and outcome = 'mapped'
    ),

    identifying as (
        select
            *,
            case
                call_type when 'identify' then 'identify' when 'group' then 'group_membership'
            end as row_rule_id,
            message_key as insert_id
        from messages
        where
            call_type = 'identify'
            or (call_type = 'group' and coalesce(user_id, device_id) is not null)
        {%- if seg2amp.setting("user_properties_on") == "identify" %}
            union all
            select *, 'event_user_properties' as row_rule_id, message_key || '-u' as insert_id
            from messages
            where call_type in ('track', 'page', 'screen') and user_properties is not null
        {%- endif %}
    ),

    identify_rows as (
        select
            {{ seg2amp.row_origin("row_rule_id", "insert_id", "0") }},
            user_id,
            device_id,
            {{ seg2amp.event_time() }} as time,
            user_properties,
            case
                call_type
                when 'group'
                then user_properties
                when 'identify'
                then {{ seg2amp.event_groups() }}
            end as groups,
            {{ seg2amp.device_columns(only_call="identify") }},
            paying,
            start_version,
            library,
            case when call_type = 'identify' then {{ seg2amp.sent_user_agent() }} end as user_agent
        from identifying
    )

select *, {{ seg2amp.identify_violation() }} as rejection_reason
from identify_rows
