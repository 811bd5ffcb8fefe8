{%- set revenue_type = seg2amp.quoted(seg2amp.setting("default_revenue_type")) %}
with
    events as {{ seg2amp.stored_if_few() }} (
        select * from {{ ref("int_events_named") }} where {{ seg2amp.changed_events() }}
    ),

    orders as (select * from {{ ref("int_events_named") }} where {{ seg2amp.changed_orders() }}),

    products as (
        select
            message_key as order_key,
            order_id_json,
            element_index,
            product,
            price as product_price,
            quantity as product_quantity,
            revenue as product_own_revenue,
            product_id as product_product_id,
            revenue_type as product_revenue_type,
            {{ seg2amp.earned_on_product() }} as earned
        from {{ ref("int_products_exploded") }}
        where {{ seg2amp.changed_products() }}
    ),

    event_rows as (
        select
            {{ seg2amp.row_origin("row_rule_id", "message_key || insert_id_suffix", "0") }},
            event_type,
            {{ seg2amp.event_columns() }},
            event_properties,
            case when event_revenue is not null and sends_price then event_price end as price,
            case when event_revenue is not null and sends_price then whole_quantity end as quantity,
            event_revenue as revenue,
            case when event_revenue is not null then product_id end as product_id,
            case
                when event_revenue is not null
                then coalesce(revenue_type, case when is_order then {{ revenue_type }} end)
            end as revenue_type,
            {{ seg2amp.sent_user_agent() }} as user_agent
        from events
    ),

    product_rows as (
        select
            {{
                seg2amp.row_origin(
                    "'product_purchased'",
                    "message_key || '-' || cast(element_index + 1 as text)",
                    "element_index",
                )
            }},
            {{ seg2amp.quoted(seg2amp.setting("product_event_name")) }} as event_type,
            {{ seg2amp.event_columns(parsed=seg2amp.setting("agent_on_products")) }},
            {{ seg2amp.product_properties() }} as event_properties,
            case when {{ seg2amp.product_price_is_whole() }} then product_price end as price,
            case
                when {{ seg2amp.product_price_is_whole() }}
                then {{ seg2amp.whole_number("product_quantity") }}
            end as quantity,
            earned as revenue,
            case when earned is not null then product_product_id end as product_id,
            case
                when earned is not null
                then coalesce(nullif(product_revenue_type, ''), {{ revenue_type }})
            end as revenue_type,
            cast(null as text) as user_agent
        from products
        inner join orders on order_key = message_key
    ),

    all_rows as (
        select *
        from event_rows
        union all
        select *
        from product_rows
    )

select *, {{ seg2amp.event_violation() }} as rejection_reason
from all_rows
