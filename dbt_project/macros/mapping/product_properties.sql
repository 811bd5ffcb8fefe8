{#-
    event_properties of a Product Purchased row. `product_properties` = five: price, revenue, quantity, productId and revenueType only,
    as Amplitude (Actions) keeps them; full: the product as it was sent, with the order's id beside it.
-#}
{% macro product_properties() -%}
    {%- if seg2amp.setting("product_keys") -%}
        {{
            seg2amp.json_object(
                {
                    "price": "cast(product_price as text)",
                    "revenue": "cast(product_own_revenue as text)",
                    "quantity": "cast(product_quantity as text)",
                    "productId": seg2amp.json_string("product_product_id"),
                    "revenueType": seg2amp.json_string("product_revenue_type"),
                }
            )
        }}
    {%- else -%}
        '{' || concat_ws(
            ',',
            nullif(trim(substr(trim(product), 2, length(trim(product)) - 2)), ''),
            case
                when
                    {{ seg2amp.json_leaf("product", ["order_id"]) }} is null
                    and {{ seg2amp.has_value("order_id_json") }}
                then '"order_id":' || order_id_json
            end
        )
        || '}'
    {%- endif -%}
{%- endmacro %}
