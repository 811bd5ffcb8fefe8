-- An order with n products gives n rows beside its own, no more and no fewer.
with
    made as (
        select message_key, count(*) as product_rows
        from {{ ref("amplitude_events") }}
        where rule_id = 'product_purchased'
        group by message_key
    )

select messages.message_key, messages.products, made.product_rows
from {{ ref("int_messages_routed") }} as messages
left join made on messages.message_key = made.message_key
where
    messages.outcome = 'mapped'
    and case when messages.is_order then messages.products else 0 end
    <> coalesce(made.product_rows, 0)
