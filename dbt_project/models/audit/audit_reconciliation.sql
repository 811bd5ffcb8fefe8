with
    raw_rows as (select count(*) as n from {{ ref("stg_segment__messages") }}),

    messages as (
        select
            count(*) as messages,
            sum(copies - 1) as duplicates,
            count(case when outcome = 'mapped' then 1 end) as mapped,
            count(case when outcome = 'dropped' then 1 end) as dropped,
            count(case when outcome = 'rejected' then 1 end) as rejected,
            sum(rows_made) as rows_made,
            sum(rows_rejected) as rows_rejected,
            count(case when outcome = 'mapped' and rows_made = 0 then 1 end) as mapped_without_row
        from {{ ref("audit_messages") }}
    ),

    outbox as (select count(*) as n from {{ ref("amplitude_outbox") }}),

    current_rows as (
        select count(*) as n
        from {{ ref("amplitude_rows") }} as made
        inner join {{ ref("amplitude_outbox") }} as held on made.insert_id = held.insert_id
        where made.rejection_reason is null
    ),

    suppressed as (select count(*) as n from {{ ref("audit_suppressions") }}),

    deliveries as (
        select
            count(case when state = 'delivered' then 1 end) as delivered,
            count(case when state = 'rejected' then 1 end) as rejected,
            count(case when state = 'skipped' then 1 end) as skipped,
            count(case when state = 'suppressed' then 1 end) as suppressed,
            count(case when state = 'unknown' then 1 end) as unknown,
            count(case when state = 'pending' then 1 end) as pending
        from {{ ref("audit_deliveries") }}
    )

select
    'raw rows = messages + duplicates' as claim,
    cast(raw_rows.n as bigint) as left_side,
    cast(coalesce(messages.messages + messages.duplicates, 0) as bigint) as right_side
from raw_rows
cross join messages
union all
select
    'messages = mapped + dropped + rejected',
    cast(messages as bigint),
    cast(mapped + dropped + rejected as bigint)
from messages
union all
select 'mapped messages without a row = 0', cast(mapped_without_row as bigint), cast(0 as bigint)
from messages
union all
select
    'rows = rows in the outbox + rows that the contract forbids + rows of suppressed people',
    cast(coalesce(messages.rows_made, 0) as bigint),
    cast(current_rows.n + coalesce(messages.rows_rejected, 0) + suppressed.n as bigint)
from messages
cross join current_rows
cross join suppressed
union all
select
    'outbox = delivered + rejected + skipped + suppressed + unknown + pending',
    cast(outbox.n as bigint),
    cast(
        deliveries.delivered
        + deliveries.rejected
        + deliveries.skipped
        + deliveries.suppressed
        + deliveries.unknown
        + deliveries.pending as bigint
    )
from outbox
cross join deliveries
