with
    sightings as (
        select user_id, device_id
        from {{ ref("int_messages_routed") }}
        where outcome = 'mapped' and call_type <> 'alias' and device_id is not null
    ),

    shared as (
        select device_id
        from sightings
        group by device_id
        having min(user_id) <> max(user_id) and count(user_id) < count(*)
    )

select distinct sightings.user_id
from sightings
inner join shared on sightings.device_id = shared.device_id
where sightings.user_id is not null
