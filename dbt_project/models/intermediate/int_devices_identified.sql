with
    sightings as (
        select device_id, user_id, time, received_at, message_key
        from {{ ref("int_messages_routed") }}
        where
            outcome = 'mapped'
            and call_type in ('track', 'page', 'screen', 'identify', 'group')
            and user_id is not null
            and device_id is not null
    ),

    numbered as (
        select
            device_id,
            user_id,
            row_number() over (
                partition by device_id order by time nulls last, received_at, message_key
            ) as sighting
        from sightings
    )

select device_id, user_id
from numbered
where sighting = 1
