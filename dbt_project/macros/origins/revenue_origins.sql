{#-
    In words, where revenue, price, quantity, productId and revenueType of an event come from: {field: origins}.
    product: whether the event is that of a product, which has them with `track_revenue_per_product` alone.
-#}
{% macro revenue_origins(product=false) %}
    {%- if not product -%} {{ return(seg2amp._own_revenue()) }}
    {%- elif seg2amp.setting("track_revenue_per_product") -%}
        {{ return(seg2amp.product_revenue_origins()) }}
    {%- else -%}
        {%- set settings = ["track_revenue_per_product"] -%}
        {%- set origins = {} -%}
        {%- for field in ["price", "quantity", "revenue", "productId", "revenueType"] -%}
            {%- do origins.update(
                {
                    field: [
                        seg2amp.origin([], "The order carries the revenue.", settings)
                    ]
                }
            ) -%}
        {%- endfor -%}
        {{ return(origins) }}
    {%- endif -%}
{% endmacro %}

{% macro _own_revenue() %}
    {%- set path = seg2amp.field_path -%}
    {%- set named = seg2amp.setting -%}
    {%- set lenient = not named("strict_types") -%}
    {%- set first, given = named("price_times_quantity_first"), named("price_from_revenue") -%}
    {%- set default_type = "`" ~ named("default_revenue_type") ~ "` on completed orders" -%}
    {%- set agreeing = (
        "Only beside a revenue"
        if first
        else "Only beside a revenue that is price times quantity, because Amplitude multiplies the two"
    ) -%}
    {%- set shared = ["price_from_revenue", "price_times_quantity_first", "revenue_on_track"] -%}
    {%- set id_snake = [path("product_id", also=true)] if lenient else [] -%}
    {%- set type_snake = [path("revenue_type", also=true)] if lenient else [] -%}
    {%- set calls = "track" if named("revenue_on_track") else "completed order" -%}
    {%- set beside = "Only beside a revenue." -%}
    -- fmt: off
    {{ return({
        "revenue":     [seg2amp._order_revenue(), seg2amp.track_revenue_origin()],
        "price":       [seg2amp.origin([path("price")] + (["the revenue"] if given else []), agreeing ~ ".", shared, calls)],
        "quantity":    [seg2amp.origin((["1 where the price is the revenue"] if given else []) + [path("quantity")], agreeing ~ "; rounded to a whole number.", shared, calls)],
        "productId":   [seg2amp.origin([path("product_id")] + id_snake, beside, ["strict_types", "revenue_on_track"], calls)],
        "revenueType": [seg2amp.origin([path("revenue_type")] + type_snake + [default_type], beside, ["default_revenue_type", "order_completed_match", "strict_types", "revenue_on_track"], calls)],
    }) }}
    -- fmt: on
{% endmacro %}

{#- How text is read as a number, in words. -#}
{% macro _numbers_read() %}
    {{
        return(
            "text such as `$1,050.00` is a number"
            if seg2amp.setting("parse_number_text")
            else "text is a number as JavaScript reads it"
        )
    }}
{% endmacro %}

{% macro _order_revenue() %}
    {%- set path = seg2amp.field_path -%}
    {%- set product = [path("price") ~ " times " ~ path("quantity")] -%}
    {%- set total = (
        [path("total")]
        if seg2amp.setting("revenue_falls_back_to_total") != "none"
        else []
    ) -%}
    {%- set revenue = [path("revenue")] + total -%}
    {%- set elsewhere = (
        "; none where its products carry it"
        if seg2amp.setting("track_revenue_per_product")
        else ""
    ) -%}
    {{
        return(
            seg2amp.origin(
                (
                    product + revenue
                    if seg2amp.setting("price_times_quantity_first")
                    else revenue + product
                ),
                "0 is none; " ~ seg2amp._numbers_read() ~ elsewhere ~ ".",
                [
                    "price_times_quantity_first",
                    "revenue_falls_back_to_total",
                    "track_revenue_per_product",
                    "order_completed_match",
                    "log_event_version",
                    "parse_number_text",
                ],
                "completed order",
            )
        )
    }}
{% endmacro %}
