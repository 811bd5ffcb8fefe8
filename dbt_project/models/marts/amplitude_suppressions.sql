{{ config(materialized="table") }}
{%- set relation = seg2amp.setting("suppressed_users_relation") %}
with
    listed as (
        select user_id, device_id, reason, suppressed_at
        from {{ ref("suppressed_users") }}
        {%- if relation %}
            union all
            select
                cast(user_id as text) as user_id,
                cast(device_id as text) as device_id,
                cast(reason as text) as reason,
                cast(suppressed_at as timestamp) as suppressed_at
            from {{ relation }}
        {%- endif %}
    ),

    users as (select * from listed where user_id <> ''),

    devices as (
        {{
            seg2amp.identified_devices(
                "select device_id from "
                ~ ref("int_messages_routed")
                ~ " where user_id in (select user_id from users)"
            )
        }}
    ),

    keys as (
        select user_id as person_key, cast(null as text) as device_id, reason, suppressed_at
        from users
        union all
        -- What the device sent before anybody knew whose it is has the device for its person.
        select devices.device_id as person_key, null as device_id, users.reason, users.suppressed_at
        from devices
        inner join users on devices.user_id = users.user_id
        union all
        select null as person_key, device_id, reason, suppressed_at
        from listed
        where device_id <> ''
    )

select
    person_key,
    device_id,
    coalesce(min(nullif(reason, '')), 'no reason given') as reason,
    min(suppressed_at) as suppressed_at
from keys
group by person_key, device_id
