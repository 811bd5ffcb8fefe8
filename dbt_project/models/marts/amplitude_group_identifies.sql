with
    messages as (
        select *
        from {{ ref("int_messages_routed") }}
        where
            {{ seg2amp.changed() }}
            and outcome = 'mapped'
            and call_type = 'group'
            and {{ seg2amp.group_has_properties() }}
    ),

    group_rows as (
        select
            {{ seg2amp.row_origin("'group_properties'", "message_key || '-g'", "1") }},
            user_id,
            device_id,
            {{ seg2amp.event_time() }} as time,
            group_type,
            group_value,
            {{ seg2amp.group_properties() }} as group_properties,
            library
        from messages
    )

select *, {{ seg2amp.group_violation() }} as rejection_reason
from group_rows
