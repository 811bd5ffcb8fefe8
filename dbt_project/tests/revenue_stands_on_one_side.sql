{#-
    An order's revenue is never counted twice, on the order and again on its products, and never lost: an order that has a revenue shows
    it on one side. Amplitude (Actions) does lose it where it is asked for on products that have none, so `strict_types`
    is held to the first half alone.
-#}
with
    sides as (
        select
            message_key,
            count(case when rule_id <> 'product_purchased' then revenue end) as on_order,
            count(case when rule_id = 'product_purchased' then revenue end) as on_products
        from {{ ref("amplitude_events") }}
        group by message_key
    )

select messages.message_key, messages.revenue, sides.on_order, sides.on_products
from {{ ref("int_messages_routed") }} as messages
inner join sides on messages.message_key = sides.message_key
where
    messages.is_order
    and (
        (sides.on_order > 0 and sides.on_products > 0)
        {%- if not seg2amp.setting("strict_types") %}
            or (messages.revenue <> 0 and sides.on_order = 0 and sides.on_products = 0)
        {%- endif %}
    )
