{%- set gap = seg2amp.setting("session_gap_minutes") * 60000 -%}
with
    identities as (select * from {{ ref("int_identities") }} where user_id is not null),

    users as (
        select
            user_id,
            count(distinct device_id) as devices,
            min(device_id) as device_id,
            max(last_seen) - min(first_seen) as lifetime
        from identities
        group by user_id
    ),

    fleeting as (
        select user_id, count(*) over (partition by device_id) as alike
        from users
        where
            devices = 1
            and lifetime <= {{ gap }}
            -- An id that looks drawn by lot.
            and {{ seg2amp.regex_matches("user_id", "^[0-9A-Za-z_-]{16,}$") }}
            and {{ seg2amp.regex_matches("user_id", "[0-9]") }}
            and {{ seg2amp.regex_matches("user_id", "[A-Za-z]") }}
    ),

    by_source as (
        select
            source_relation,
            user_id,
            cast(sum(messages) as bigint) as messages,
            min(first_seen) as first_seen,
            max(last_seen) as last_seen,
            cast(sum(identifies_without_anonymous_id) as bigint) as identifies_without_anonymous_id
        from identities
        group by source_relation, user_id
    )

select by_source.*, users.devices, coalesce(fleeting.alike >= 3, false) as is_fleeting
from by_source
inner join users on by_source.user_id = users.user_id
left join fleeting on by_source.user_id = fleeting.user_id
