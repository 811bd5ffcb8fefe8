{#-
    event_properties of a Product Purchased row: the product with the keys of `product_keys`, or as it was sent, the order's id beside
    it with `order_id_on_products`; and what settings add to every event. With `strict_types` the fields of revenue are as the
    destination's validation coerces them.
-#}
{% macro product_properties() -%}
    {%- set keys = seg2amp.setting("product_keys") -%}
    {%- set added = seg2amp.added_properties() -%}
    {%- set coerced = (
        {
            "price": "cast(product_price as text)",
            "revenue": "cast(product_own_revenue as text)",
            "quantity": "cast(product_quantity as text)",
            "productId": seg2amp.json_string("product_product_id"),
            "revenueType": seg2amp.json_string("product_revenue_type"),
        }
        if seg2amp.setting("strict_types")
        else {}
    ) -%}
    {%- set kept -%}
        {%- if keys -%}
            {%- set pairs = {} -%}
            {%- for key in keys -%}
                {%- do pairs.update({key: coerced.get(key, seg2amp.json_leaf("product", [key]))}) -%}
            {%- endfor -%}
            {{ seg2amp.json_object(pairs) }}
        {%- else -%} product
        {%- endif -%}
    {%- endset -%}
    {%- set with_order -%}
        {%- if seg2amp.setting("order_id_on_products") -%}
            case
                when
                    {{ seg2amp.has_value("order_id_json") }}
                    and {{ seg2amp.json_leaf("product", ["order_id"]) }} is null
                then {{ seg2amp.json_merge(kept, seg2amp.json_object({"order_id": "order_id_json"})) }}
                else {{ kept }}
            end
        {%- else -%} {{ kept }}
        {%- endif -%}
    {%- endset -%}
    {%- if added == "'{}'" -%} {{ with_order }}
    {%- else -%} {{ seg2amp.json_merge("(" ~ with_order ~ ")", added) }}
    {%- endif -%}
{%- endmacro %}
