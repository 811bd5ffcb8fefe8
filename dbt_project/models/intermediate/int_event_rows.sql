{%- set strict = seg2amp.setting("strict_types") -%}
{%- set on_products = seg2amp.setting("track_revenue_per_product") -%}
{%- set once = seg2amp.setting("track_products_once") -%}
{%- set default_type = seg2amp.quoted(seg2amp.setting("default_revenue_type")) -%}
{%- set override = seg2amp.event_type_override() -%}
{%- set product_name = seg2amp.quoted(seg2amp.setting("product_event_name")) -%}
{%- set total_of = {"none": "false", "orders": "is_order", "any": "call_type = 'track'"}[
    seg2amp.setting("revenue_falls_back_to_total")
] -%}
with
    products as (
        select
            *,
            nullif(
                case
                    when price is not null and quantity is not null
                    then price * quantity
                    else revenue
                end,
                0
            ) as product_revenue
        from {{ ref("stg_segment__products") }}
    ),

    -- A line for the order itself, and one for each of its products.
    lines as (
        select
            row_id as order_row_id,
            0 as product_index,
            count(*) as product_count,
            count(product_revenue) as paid_product_count,
            {{
                (
                    "string_agg(listed_product, ',' order by product_index)"
                    if once
                    else "cast(null as text)"
                )
            }} as listed_products,
            {{
                seg2amp.empty_columns(
                    {
                        "product": "text",
                        "price": "double",
                        "quantity": "double",
                        "revenue": "double",
                        "product_id": "text",
                        "revenue_type": "text",
                        "has_order_id": "boolean",
                        "has_empty_key": "boolean",
                        "product_revenue": "double",
                    }
                )
            }}
        from products
        group by row_id
        {%- if not once %}
            union all
            select
                row_id,
                product_index,
                null,
                null,
                null,
                product,
                price,
                quantity,
                revenue,
                product_id,
                revenue_type,
                has_order_id,
                has_empty_key,
                product_revenue
            from products
        {%- endif %}
    ),

    exploded as (
        select
            events.*,
            coalesce(lines.product_index, 0) as row_index,
            coalesce(lines.product_index, 0) > 0 as is_product_row,
            coalesce(lines.product_count, 0) as product_count,
            coalesce(lines.{{ "product_count" if strict else "paid_product_count" }}, 0)
            > 0 as products_are_paid,
            lines.listed_products,
            lines.product,
            lines.price as product_price,
            lines.quantity as product_quantity,
            lines.revenue as product_revenue_sent,
            lines.product_id as product_product_id,
            lines.revenue_type as product_revenue_type,
            lines.has_order_id as product_has_order_id,
            coalesce(lines.has_empty_key, false) as product_has_empty_key,
            lines.product_revenue
        from
            (
                select *, case when is_order then row_id end as order_row_id
                from {{ ref("int_events_named") }}
            ) as events
        left join lines on events.order_row_id = lines.order_row_id
    ),

    earning as (
        select
            *,
            price * quantity as price_times_quantity,
            coalesce(
                nullif(revenue, 0), case when {{ total_of }} then total end
            ) as revenue_or_total,
            {{ "is_order and products_are_paid" if on_products else "false" }}
            as revenue_is_on_products,
            {{ seg2amp.event_is_listed("events_without_revenue") }} as is_unearned
        from exploded
    ),

    earned as (
        select
            *,
            nullif(
                case
                    when is_product_row
                    then {{ "product_revenue" if on_products else "null" }}
                    when revenue_is_on_products
                    then null
                    when is_order
                    then
                        {{
                            (
                                "coalesce(price_times_quantity, revenue_or_total)"
                                if seg2amp.setting("price_times_quantity_first")
                                else "coalesce(revenue_or_total, price_times_quantity)"
                            )
                        }}
                    {%- if seg2amp.setting("revenue_on_track") %}
                        when call_type = 'track' and not is_unearned then revenue_or_total
                    {%- endif %}
                end,
                0
            ) as row_revenue
        from earning
    ),

    priced as (
        select
            *,
            {{
                (
                    "row_revenue is not null and not is_product_row and nullif(price, 0) is null"
                    if seg2amp.setting("price_from_revenue")
                    else "false"
                )
            }} as price_is_revenue,
            case when is_product_row then product_price else price end as line_price,
            case when is_product_row then product_quantity else quantity end as line_quantity
        from earned
    ),

    counted as (
        select
            *,
            case when price_is_revenue then row_revenue else line_price end as row_price,
            case
                when price_is_revenue
                then 1
                when abs(line_quantity) < 9007199254740992
                then cast(floor(line_quantity + 0.5) as bigint)
            end as row_quantity
        from priced
    ),

    -- Amplitude computes price times quantity wherever it sees a price and forgets the revenue
    -- sent.
    judged as (
        select
            *,
            {{
                (
                    "row_revenue is not null"
                    if seg2amp.setting("price_times_quantity_first")
                    else "coalesce(abs(row_price * row_quantity - row_revenue) < 0.005, false)"
                )
            }} as sends_price
        from counted
    )

select
    *,
    case
        when is_product_row
        then message_key || '-' || cast(row_index + 1 as text)
        else message_key || insert_id_suffix
    end as insert_id,
    case when is_product_row then 'product_purchased' else row_rule_id end as event_rule_id,
    case
        when is_product_row
        then {{ product_name }}
        else {{ "coalesce(" ~ override ~ ", event_type)" if override else "event_type" }}
    end as row_event_type,
    case when sends_price then row_price end as sent_price,
    case when sends_price then row_quantity end as sent_quantity,
    case
        when row_revenue is null
        then null
        when is_product_row
        then product_product_id
        else product_id
    end as sent_product_id,
    case
        when row_revenue is null
        then null
        when is_product_row
        then coalesce(nullif(product_revenue_type, ''), {{ default_type }})
        else coalesce(revenue_type, case when is_order then {{ default_type }} end)
    end as sent_revenue_type,
    {%- for name in [
        "os_name",
        "os_version",
        "device_manufacturer",
        "device_model",
        "device_type",
    ] %}
        {{
            (
                "agent_" ~ name
                if seg2amp.setting("agent_on_products")
                else "case when not is_product_row then agent_" ~ name ~ " end"
            )
        }} as told_{{ name }},
    {%- endfor %}
    case
        when abs(event_id) < 9007199254740992 then cast(floor(event_id + 0.5) as bigint)
    end as whole_event_id
from judged
