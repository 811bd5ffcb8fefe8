{%- set raw_json = ref("stg_segment__raw_json_typed") -%}
{%- set strict = seg2amp.setting("strict_types") -%}
{%- set keep = ["row_id", "landed_in", "element", "product_index"] -%}
{%- set leaves = [] -%}
{%- for name in [
    "price",
    "quantity",
    "revenue",
    "productId",
    "product_id",
    "revenueType",
    "revenue_type",
    "order_id",
] -%}
    {%- do leaves.append({"name": name | lower ~ "_leaf", "path": [name]}) -%}
{%- endfor -%}
{%- set product_id, revenue_type = "productid_leaf", "revenuetype_leaf" -%}
{%- if not strict -%}
    {%- set product_id, revenue_type = (
        "coalesce(productid_leaf, product_id_leaf)",
        "coalesce(revenuetype_leaf, revenue_type_leaf)",
    ) -%}
{%- endif %}
with
    messages as (
        select row_id, landed_in, call_type, products
        from {{ ref("stg_segment__tracks") }}
        {%- if seg2amp.setting("raw_json_path") or seg2amp.setting("raw_json_relation") %}
            union all
            select row_id, landed_in, call_type, products
            from {{ raw_json }}
        {%- endif %}
    ),

    lists as (
        select row_id, landed_in, {{ seg2amp.products_array("products") }} as products
        from messages
        where products is not null and call_type in ('track', 'page', 'screen')
    ),

    with_products as (select * from lists where products is not null),

    exploded as ({{ seg2amp.json_elements("with_products", "products", ["row_id", "landed_in"]) }}),

    objects as (
        select
            row_id,
            landed_in,
            element,
            element_index as product_index,
            case when left(element, 1) = '{' then element else '{}' end as product
        from exploded
        {%- if not strict %}
            where
                left(element, 1) = '{'
                and {{ seg2amp.regex_replace("element", "[[:space:]]", "") }} <> '{}'
        {%- endif %}
    ),

    leaves as ({{ seg2amp.json_leaves("objects", "product", keep + ["product"], leaves) }}),

    unwrapped as (
        select
            {{ (keep + ["product"]) | join(", ") }},
            order_id_leaf
            {%- for leaf in leaves if leaf.name != "order_id_leaf" %}
                , {{ seg2amp.call("only_element", leaf.name) }} as {{ leaf.name }}
            {%- endfor %}
        from leaves
    ),

    typed as (
        select
            {{ (keep + ["product"]) | join(", ") }},
            {%- for leaf in leaves %} {{ leaf.name }}, {%- endfor %}
            {{ seg2amp.product_number("price_leaf") }} as price,
            {{ seg2amp.product_number("quantity_leaf") }} as quantity,
            {{ seg2amp.product_number("revenue_leaf") }} as revenue,
            {{ seg2amp.product_text(product_id) }} as product_id,
            {{ seg2amp.product_text(revenue_type) }} as revenue_type
        from unwrapped
    )

select
    row_id,
    landed_in,
    product_index,
    product,
    price,
    quantity,
    revenue,
    product_id,
    revenue_type,
    order_id_leaf is not null as has_order_id,
    {{ seg2amp.call("has_empty_key", "product") }} as has_empty_key,
    {{
        (
            seg2amp.listed_product()
            if seg2amp.setting("track_products_once")
            else "cast(null as text)"
        )
    }} as listed_product,
    {{ seg2amp.product_misread() }} as type_reason
from typed
