with
    identities as (select * from {{ ref("int_identities") }} where device_id is not null),

    users as (
        select
            device_id,
            user_id,
            row_number() over (partition by device_id order by min(first_seen), user_id) as place,
            sum(identifies) as identifies
        from identities
        where
            user_id is not null
            and case
                {{ seg2amp.when_id_is_wrong("user_id") }}
                {{ seg2amp.when_id_is_wrong("device_id") }}
            end
            is null
        group by device_id, user_id
    ),

    known as (
        select
            device_id,
            case when count(*) > 1 then {{ seg2amp.first_ids("user_id", "place") }} end as user_ids,
            min(case when identifies > 0 then user_id end) as identified_user_id
        from users
        group by device_id
    ),

    by_source as (
        select
            source_relation,
            device_id,
            cast(sum(messages) as bigint) as messages,
            min(first_seen) as first_seen,
            max(last_seen) as last_seen,
            cast(sum(late_events) as bigint) as late_events,
            cast(sum(certainly_late_events) as bigint) as certainly_late_events,
            min(case when late_events > 0 then user_id end) as late_user_id,
            cast(sum(early_events) as bigint) as early_events
        from identities
        group by source_relation, device_id
    )

select by_source.*, known.user_ids, known.identified_user_id
from by_source
left join known on by_source.device_id = known.device_id
