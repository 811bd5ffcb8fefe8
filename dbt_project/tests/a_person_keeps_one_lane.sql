{#-
    Order holds within a lane, so a person's rows must share one: all rows of a user, and in one load all rows of a device whose user
    is not known. Where the device belongs to one user alone, its anonymous rows of the same load stand in that user's lane.
-#}
with
    outbox as (select * from {{ ref("amplitude_outbox") }} where kind in ('event', 'identify')),

    users as (
        select user_id, min(lane) as lane, count(distinct lane) as lanes
        from outbox
        where user_id is not null
        group by user_id
    ),

    devices as (
        select load_id, device_id, min(lane) as lane, count(distinct lane) as lanes
        from outbox
        where user_id is null
        group by load_id, device_id
    ),

    owners as (
        select load_id, device_id, min(user_id) as user_id, min(lane) as lane
        from outbox
        where user_id is not null and device_id is not null
        group by load_id, device_id
        having count(distinct user_id) = 1
    )

select 'a user in several lanes' as violation, user_id as person
from users
where lanes > 1
union all
select 'a device in several lanes of one load', device_id
from devices
where lanes > 1
union all
select 'a device beside its only user', devices.device_id
from devices
inner join owners on devices.load_id = owners.load_id and devices.device_id = owners.device_id
inner join
    {{ ref("int_devices_identified") }} as identified
    on owners.device_id = identified.device_id
    and owners.user_id = identified.user_id
where devices.lane <> owners.lane
