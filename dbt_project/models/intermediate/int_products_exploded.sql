{{ config(materialized="incremental", incremental_strategy="by_message") }}
{%- set keep = ["message_key", "change_number", "order_id_json", "is_order"] -%}
{%- set leaves = [] -%}
{%- for name in [
    "price",
    "quantity",
    "revenue",
    "productId",
    "product_id",
    "revenueType",
    "revenue_type",
] -%}
    {%- do leaves.append({"name": name | lower ~ "_leaf", "path": [name]}) -%}
{%- endfor %}
with
    messages as (
        select {{ keep | join(", ") }}, {{ seg2amp.products_array("products_json") }} as products
        from {{ ref("int_messages_typed") }}
        where
            products_json is not null
            and call_type in ('track', 'page', 'screen')
            and {{ seg2amp.changed() }}
            {%- if not seg2amp.setting("strict_types") %} and is_order{% endif %}
    ),

    with_products as (select * from messages where products is not null),

    exploded as ({{ seg2amp.json_elements("with_products", "products", keep) }}),

    objects as (
        select *, case when left(element, 1) = '{' then element else '{}' end as product
        from exploded
        {%- if not seg2amp.setting("strict_types") %}
            where
                left(element, 1) = '{'
                and {{ seg2amp.regex_replace("element", "[[:space:]]", "") }} <> '{}'
        {%- endif %}
    ),

    leaves as (
        {{
            seg2amp.json_leaves(
                "objects", "product", keep + ["element", "element_index", "product"], leaves
            )
        }}
    ),

    unwrapped as (
        select
            {{ (keep + ["element", "element_index", "product"]) | join(", ") }}
            {%- for leaf in leaves %}
                , {{ seg2amp.unwrapped(leaf.name) }} as {{ leaf.name }}
            {%- endfor %}
        from leaves
    ),

    typed as (
        select
            *,
            {{ seg2amp.product_number("price_leaf") }} as price,
            {{ seg2amp.product_number("quantity_leaf") }} as quantity,
            {{ seg2amp.product_number("revenue_leaf") }} as revenue,
            {{ seg2amp.product_text("productid_leaf", "product_id_leaf") }} as product_id,
            {{ seg2amp.product_text("revenuetype_leaf", "revenue_type_leaf") }} as revenue_type
        from unwrapped
    )

select
    *,
    {{ seg2amp.product_reason() }} as type_reason,
    {{ seg2amp.product_revenue() }} as product_revenue
    {%- if seg2amp.setting("track_products_once") %}
        , {{ seg2amp.listed_product() }} as listed_product
    {%- endif %}
from typed
