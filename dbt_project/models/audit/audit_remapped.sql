with
    outbox as (select * from {{ ref("amplitude_outbox") }}),

    made as (
        select *, {{ seg2amp.state_said("made") }} as state_said
        from {{ ref("amplitude_rows") }} as made
    )

select
    outbox.insert_id,
    outbox.message_id,
    outbox.rule_id,
    outbox.endpoint,
    outbox.kind,
    outbox.load_id,
    case
        when made.insert_id is null
        then 'no message gives this row any more'
        when made.rejection_reason is not null
        then 'the row would be rejected now'
        else 'the row has another payload now'
    end as finding,
    outbox.payload,
    made.payload as payload_now
from outbox
left join made on outbox.insert_id = made.insert_id
where
    made.insert_id is null
    or made.rejection_reason is not null
    or case
        when outbox.user_properties_left_out
        then
            outbox.person_state is distinct from made.state_said
            or outbox.payload
            <>
            {{ seg2amp.call("without_user_properties", ["made.payload", "made.user_properties"]) }}
        else outbox.payload <> made.payload
    end
