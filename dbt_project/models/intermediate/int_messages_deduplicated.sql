{{ config(materialized="table") }}
with
    messages as (
        select *, coalesce(message_id, content_hash) as message_key
        from {{ ref("stg_segment__messages") }}
    ),

    numbered as (
        select
            *,
            row_number() over (
                partition by message_key order by received_at nulls last, content_hash
            ) as copy_number,
            count(*) over (partition by message_key) as copies
        from messages
    )

select *
from numbered
where copy_number = 1
