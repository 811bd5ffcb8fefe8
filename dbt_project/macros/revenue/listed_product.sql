{#-
    A product as `track_products_once` lists it on its order: productId, sku, name, price, quantity (1 where it has none) and category.
    Source: Amplitude (Classic), analytics.js.
-#}
{% macro listed_product() -%}
    {{
        seg2amp.json_object(
            {
                "productId": seg2amp.json_string("product_id"),
                "sku": seg2amp.json_leaf("product", ["sku"]),
                "name": seg2amp.json_leaf("product", ["name"]),
                "price": "cast(price as text)",
                "quantity": "coalesce(cast(quantity as text), '1')",
                "category": seg2amp.json_leaf("product", ["category"]),
            }
        )
    }}
{%- endmacro %}
