{#-
    The revenue that an event itself carries, NULL for nothing or 0.
    Orders carry it unless their products do (`track_revenue_per_product`); other track calls only with `revenue_on_track`.
    With `price_times_quantity_first` an order's price and quantity outweigh its revenue, as in Amplitude (Actions).
-#}
{% macro event_revenue() %}
    {%- set product = (
        "case when price is not null and quantity is not null then price * quantity end"
    ) -%}
    {%- set amount = "coalesce(nullif(revenue, 0), " ~ product ~ ")" -%}
    {%- if seg2amp.setting("price_times_quantity_first") -%}
        {%- set amount = "coalesce(" ~ product ~ ", revenue)" -%}
    {%- endif -%}
    {%- set on_products = "false" -%}
    {%- if seg2amp.setting("track_revenue_per_product") -%}
        {%- set on_products = (
            "products > 0"
            if seg2amp.setting("strict_types")
            else "products_with_revenue > 0"
        ) -%}
    {%- endif -%}
    {{
        return(
            "nullif(case when is_order then case when not ("
            ~ on_products
            ~ ") then "
            ~ amount
            ~ " end when "
            ~ seg2amp.setting("revenue_on_track")
            | lower ~ " and call_type = 'track' then revenue end, 0)"
        )
    }}
{% endmacro %}
