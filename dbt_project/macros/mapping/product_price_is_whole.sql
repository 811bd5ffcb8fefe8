{#-
    Whether price and quantity go along with what a product earned: as on orders, with `price_times_quantity_first` off only where their
    product, the quantity rounded, is the revenue, because Amplitude computes it from them.
-#}
{% macro product_price_is_whole() -%}
    {%- if seg2amp.setting("price_times_quantity_first") -%} (earned is not null)
    {%- else -%}
        coalesce(
            abs(product_price * {{ seg2amp.whole_number("product_quantity") }} - earned) < 0.005,
            false
        )
    {%- endif -%}
{%- endmacro %}
