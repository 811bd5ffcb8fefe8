with
    outbox as (select * from {{ ref("amplitude_outbox") }}),

    rejections as (
        select insert_id, min(reason) as reason, min(field) as field, min(request_id) as request_id
        from {{ ref("delivery_rejections") }}
        group by insert_id
    ),

    requests as (
        select * from {{ ref("delivery_requests") }} where outcome in ('delivered', 'skipped')
    ),

    answered as (
        select
            outbox.insert_id,
            max(requests.request_id) as request_id,
            max(requests.outcome) as outcome,
            max(requests.server_upload_time) as server_upload_time
        from outbox
        inner join
            requests
            on outbox.endpoint = requests.endpoint
            and outbox.lane = requests.lane
            and outbox.position between requests.first_position and requests.last_position
        group by outbox.insert_id
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
        when rejections.insert_id is not null
        then 'rejected'
        when answered.outcome is not null
        then answered.outcome
        else 'pending'
    end as state,
    coalesce(
        rejections.reason, case when answered.outcome = 'skipped' then 'held back by --since' end
    ) as reason,
    rejections.field,
    coalesce(rejections.request_id, answered.request_id) as request_id,
    case
        when rejections.insert_id is null then answered.server_upload_time
    end as server_upload_time
from outbox
left join rejections on outbox.insert_id = rejections.insert_id
left join answered on outbox.insert_id = answered.insert_id
