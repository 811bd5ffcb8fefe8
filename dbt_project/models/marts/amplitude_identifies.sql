with
    messages as (
        select *
        from {{ ref("int_messages_routed") }}
        where
            outcome = 'mapped'
            and (
                call_type = 'identify'
                or (call_type = 'group' and coalesce(user_id, device_id) is not null)
            )
    ),

    identify_rows as (
        select
            {{
                seg2amp.row_origin(
                    "case call_type when 'identify' then 'identify' else 'group_membership' end",
                    "message_key",
                    "0",
                )
            }},
            user_id,
            device_id,
            {{ seg2amp.event_time() }} as time,
            user_properties,
            case
                when call_type = 'group' then user_properties else {{ seg2amp.event_groups() }}
            end as groups,
            {{ seg2amp.device_columns(only_call="identify") }},
            library,
            case when call_type = 'identify' then {{ seg2amp.sent_user_agent() }} end as user_agent
        from messages
    )

select *, {{ seg2amp.identify_violation() }} as rejection_reason
from identify_rows
