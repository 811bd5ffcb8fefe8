-- An order with n products gives n rows beside its own, no more and no fewer.
with
    made as (
        select message_key, count(*) as product_rows
        from {{ ref("amplitude_events") }}
        where rule_id = 'product_purchased'
        group by message_key
    ),

    products as (
        select row_id, count(*) as products from {{ ref("stg_segment__products") }} group by row_id
    )

select messages.message_key, products.products, made.product_rows
from {{ ref("int_messages_routed") }} as messages
left join products on messages.row_id = products.row_id
left join made on messages.message_key = made.message_key
where
    messages.outcome = 'mapped' and messages.is_order
    {%- if seg2amp.setting("track_products_once") %} and made.product_rows > 0
    {%- else %} and coalesce(products.products, 0) <> coalesce(made.product_rows, 0)
    {%- endif %}
