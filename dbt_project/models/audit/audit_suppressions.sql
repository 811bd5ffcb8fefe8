with
    made as (
        select made.*, coalesce(made.person_key, people.user_id, made.device_id) as lane_key
        from {{ ref("amplitude_rows") }} as made
        left join {{ ref("amplitude_outbox") }} as held on made.insert_id = held.insert_id
        left join {{ ref("int_devices_identified") }} as people on made.device_id = people.device_id
        where made.rejection_reason is null and held.insert_id is null
    )

select
    insert_id,
    message_key,
    message_id,
    rule_id,
    source_relation,
    source_table,
    endpoint,
    kind,
    user_id,
    device_id,
    event_time,
    suppression_reason
from ({{ seg2amp.with_suppression("made") }}) as asked
where suppression_reason is not null
