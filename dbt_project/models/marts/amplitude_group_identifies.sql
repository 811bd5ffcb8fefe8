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

    parted as (
        select
            *,
            case
                when has_operations then {{ seg2amp.json_pick("traits", "operations") }}
            end as operations,
            case when has_operations then {{ seg2amp.json_pick("traits", "plain") }} end as plain,
            case when has_operations then {{ seg2amp.json_leaf("traits", ["$set"]) }} end as own_set
        from (select *, traits like '%"$%' as has_operations from messages) as asked
    ),

    wrapped as (
        select *, {{ seg2amp.merged_or_either("plain", "own_set") }} as wrapped from parted
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
        from wrapped
    )

select *, {{ seg2amp.group_violation() }} as rejection_reason
from group_rows
