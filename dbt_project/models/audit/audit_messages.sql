with
    messages as (select * from {{ ref("int_messages_routed") }}),

    raw_rows as (
        select message_key, count(*) as copies
        from {{ ref("stg_segment__messages") }}
        group by message_key
    ),

    made as (
        select message_key, count(*) as rows_made, count(rejection_reason) as rows_rejected
        from {{ ref("amplitude_rows") }}
        group by message_key
    )

select
    messages.message_key,
    messages.message_id,
    messages.call_type,
    messages.source_relation,
    messages.source_table,
    messages.source_line,
    messages.received_at,
    messages.time_from,
    raw_rows.copies,
    messages.original_name,
    messages.outcome,
    messages.rule_id,
    messages.reason,
    cast(coalesce(made.rows_made, 0) as bigint) as rows_made,
    cast(coalesce(made.rows_rejected, 0) as bigint) as rows_rejected
from messages
inner join raw_rows on messages.message_key = raw_rows.message_key
left join made on messages.message_key = made.message_key
