{%- set strict = seg2amp.setting("strict_types") -%}
{%- set on_products = seg2amp.setting("track_revenue_per_product") -%}
{%- set once = seg2amp.setting("track_products_once") -%}
{%- set default_type = seg2amp.quoted(seg2amp.setting("default_revenue_type")) -%}
{%- set override = seg2amp.event_type_override() -%}
{%- set event_name = "coalesce(" ~ override ~ ", event_type)" if override else "event_type" -%}
{%- set product_name = seg2amp.quoted(seg2amp.setting("product_event_name")) -%}
{%- set total_of = {"none": "false", "orders": "is_order", "any": "call_type = 'track'"}[
    seg2amp.setting("revenue_falls_back_to_total")
] -%}
{%- set total = "case when " ~ total_of ~ " then total end" -%}
{%- set order_revenue = "revenue_or_total, price_times_quantity" -%}
{%- if seg2amp.setting("price_times_quantity_first") -%}
    {%- set order_revenue = "price_times_quantity, revenue_or_total" -%}
{%- endif -%}
{%- set paid_by_products = "is_order and products_are_paid" if on_products else "false" -%}
{%- set counted = "product_count" if strict else "paid_product_count" -%}
{%- set of_product = {
    "product": "text",
    "price": "double",
    "quantity": "double",
    "revenue": "double",
    "product_id": "text",
    "revenue_type": "text",
    "has_order_id": "boolean",
    "has_empty_key": "boolean",
    "product_revenue": "double",
} -%}
{%- set from_lines = [
    "coalesce(lines.product_index, 0) as row_index",
    "coalesce(lines.product_index, 0) > 0 as is_product_row",
    "coalesce(lines.product_count, 0) as product_count",
    "coalesce(lines." ~ counted ~ ", 0) > 0 as products_are_paid",
    "coalesce(lines.has_empty_key, false) as product_has_empty_key",
    "lines.listed_products",
    "lines.product",
    "lines.product_revenue",
    "lines.revenue as product_revenue_sent",
] -%}
{%- for name in ["price", "quantity", "product_id", "revenue_type", "has_order_id"] -%}
    {%- do from_lines.append("lines." ~ name ~ " as product_" ~ name) -%}
{%- endfor -%}
{%- set told = [] -%}
{%- for name in ["os_name", "os_version", "device_manufacturer", "device_model", "device_type"] -%}
    {%- set text = "agent_" ~ name -%}
    {%- if not seg2amp.setting("agent_on_products") -%}
        {%- set text = "case when not is_product_row then " ~ text ~ " end" -%}
    {%- endif -%}
    {%- do told.append(text ~ " as told_" ~ name) -%}
{%- endfor %}
with
    products as (
        select *, nullif(coalesce(price * quantity, revenue), 0) as product_revenue
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
            {{ seg2amp.empty_columns(of_product) }}
        from products
        group by row_id
        {%- if not once %}
            union all
            select
                row_id as order_row_id,
                product_index,
                null as product_count,
                null as paid_product_count,
                null as listed_products,
                {{ seg2amp.listed(of_product, 16) }}
            from products
        {%- endif %}
    ),

    exploded as (
        select events.*, {{ seg2amp.listed(from_lines, 12) }}
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
            coalesce(nullif(revenue, 0), {{ total }}) as revenue_or_total,
            {{ paid_by_products }} as revenue_is_on_products,
            {{ seg2amp.event_is_listed("events_without_revenue") }} as is_unearned
        from exploded
    ),

    earned as (
        select
            *,
            nullif(
                case
                    {#- An order's own row has no product_revenue. #}
                    when is_product_row or revenue_is_on_products
                    then {{ "product_revenue" if on_products else "null" }}
                    when is_order
                    then coalesce({{ order_revenue }})
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
            case when is_product_row then product_quantity else quantity end as line_quantity,
            case when is_product_row then product_product_id else product_id end as line_product_id,
            case
                when is_product_row
                then coalesce(nullif(product_revenue_type, ''), {{ default_type }})
                else coalesce(revenue_type, case when is_order then {{ default_type }} end)
            end as line_revenue_type
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
    message_key || case
        when is_product_row then '-' || cast(row_index + 1 as text) else insert_id_suffix
    end as insert_id,
    case when is_product_row then 'product_purchased' else row_rule_id end as event_rule_id,
    case when is_product_row then {{ product_name }} else {{ event_name }} end as row_event_type,
    case when sends_price then row_price end as sent_price,
    case when sends_price then row_quantity end as sent_quantity,
    case when row_revenue is not null then line_product_id end as sent_product_id,
    case when row_revenue is not null then line_revenue_type end as sent_revenue_type,
    {{ seg2amp.listed(told, 4) }},
    case
        when abs(event_id) < 9007199254740992 then cast(floor(event_id + 0.5) as bigint)
    end as whole_event_id
from judged
