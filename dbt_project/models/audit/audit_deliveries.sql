with
    grouped as (
        select
            outbox.position,
            max(parked.group_id) as group_id,
            max(
                case when reason = 'suppressed' and released_at is null then error end
            ) as suppressed_for
        from {{ ref("amplitude_outbox") }} as outbox
        inner join
            {{ ref("delivery_parked") }} as parked
            on outbox.endpoint = parked.endpoint
            and outbox.lane = parked.lane
            and outbox.person_key = parked.person_key
            and outbox.position >= parked.first_position
            and (parked.last_position is null or outbox.position <= parked.last_position)
        group by outbox.position
    ),

    outbox as (
        select outbox.*, coalesce(grouped.group_id, '') as group_id, grouped.suppressed_for
        from {{ ref("amplitude_outbox") }} as outbox
        left join grouped on outbox.position = grouped.position
    ),

    rejections as (
        select
            position,
            min(reason) as reason,
            min(field) as field,
            min(request_id) as request_id,
            min(reply) as reply,
            min(rejected_at) as rejected_at
        from {{ ref("delivery_rejections") }}
        where retried_at is null
        group by position
    ),

    requests as (
        select *, coalesce(group_id, '') as requested_group
        from {{ ref("delivery_requests") }}
        where outcome in ('delivered', 'skipped', 'held')
    ),

    -- Each row and request by position, with where the last request of its lane or group begins
    -- that
    -- does not begin after it. Requests of a lane or group do not overlap, so no other can hold the
    -- row; comparing each row with every request would cost rows times requests.
    places as (
        select
            *,
            max(first_position) over (
                partition by endpoint, lane, group_id
                order by position, is_row
                rows between unbounded preceding and current row
            ) as request_position
        from
            (
                select
                    endpoint,
                    lane,
                    group_id,
                    position,
                    cast(null as bigint) as first_position,
                    1 as is_row
                from outbox
                union all
                select
                    endpoint,
                    lane,
                    requested_group as group_id,
                    first_position as position,
                    first_position,
                    0 as is_row
                from requests
            ) as marks
    ),

    answered as (
        select places.position, requests.request_id, outcome, server_upload_time, sent_at
        from places
        inner join
            requests
            on places.endpoint = requests.endpoint
            and places.lane = requests.lane
            and places.group_id = requests.requested_group
            and places.request_position = requests.first_position
        where is_row = 1 and places.position <= requests.last_position
    )

select
    outbox.insert_id,
    outbox.message_id,
    outbox.rule_id,
    outbox.kind,
    outbox.endpoint,
    outbox.lane,
    outbox.position,
    outbox.load_id,
    case
        when rejections.position is not null
        then 'rejected'
        when outbox.suppressed_for is not null
        then 'suppressed'
        when answered.outcome = 'held'
        then 'unknown'
        else coalesce(answered.outcome, 'pending')
    end as state,
    coalesce(
        rejections.reason,
        outbox.suppressed_for,
        case
            answered.outcome
            when 'skipped'
            then 'held back by --since'
            when 'held'
            then 'a request of unknown outcome held it more than 6 days ago; see seg2amp retry'
        end
    ) as reason,
    rejections.field,
    coalesce(rejections.request_id, answered.request_id) as request_id,
    coalesce(rejections.rejected_at, answered.sent_at) as settled_at,
    case
        when rejections.position is null then answered.server_upload_time
    end as server_upload_time,
    rejections.reply
from outbox
left join rejections on outbox.position = rejections.position
left join answered on outbox.position = answered.position
