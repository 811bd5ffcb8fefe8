with
    messages as (
        select *
        from {{ ref("int_messages_routed") }}
        where {{ seg2amp.changed() }} and outcome = 'mapped' and call_type = 'alias'
    ),

    mapping_rows as (
        select
            {{ seg2amp.row_origin("'alias'", "message_key", "0") }},
            coalesce(unmap, previous_id) as user_id,
            case when unmap is null then user_id end as global_user_id,
            unmap is not null as unmap,
            {{ seg2amp.event_time() }} as time
        from messages
    )

select *, {{ seg2amp.mapping_violation() }} as rejection_reason
from mapping_rows
