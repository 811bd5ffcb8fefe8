{#-
    In words, where revenue, price, quantity, productId and revenueType of an event come from: {payload key: origins}. row: its kind, as
    `audit_mapping` names it.
-#}
{% macro revenue_origins(row) %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- set per_product, lenient = setting("track_revenue_per_product"), not setting("strict_types") -%}
    {%- set numbers = {
        true:  "0 is none; text such as `$1,050.00` is a number",
        false: "0 is none; text is a number as JavaScript reads it",
    }[setting("parse_number_text")] -%}
    {%- set default_type = "`" ~ setting("default_revenue_type") ~ "`" -%}
    {%- set beside = "Only beside a revenue." -%}

    {%- if row == "product event" and not per_product -%}
        {%- set on_order = [origin([], "The order carries the revenue.", ["track_revenue_per_product"])] -%}
        {{ return(dict.fromkeys(["price", "quantity", "revenue", "productId", "revenueType"], on_order)) }}
    {%- elif row == "product event" -%}
        {%- set at, per = "`properties.products[].", ["track_revenue_per_product"] -%}
        {%- set ids = [at ~ "productId`", at ~ "product_id`" if lenient else ""] -%}
        {%- set types = [at ~ "revenueType`", at ~ "revenue_type`" if lenient else "", default_type] -%}
        {{ return({
            "revenue":     [origin([at ~ "price` times " ~ at ~ "quantity`", at ~ "revenue`"], numbers ~ ".", per + ["parse_number_text"])],
            "price":       [origin([at ~ "price`"], beside, per)],
            "quantity":    [origin([at ~ "quantity`"], "Only beside a revenue; rounded to a whole number.", per)],
            "productId":   [origin(ids, beside, per + ["strict_types"])],
            "revenueType": [origin(types, beside, per + ["strict_types", "default_revenue_type"])],
        }) }}
    {%- endif -%}

    {%- set on_track, total = setting("revenue_on_track"), setting("revenue_falls_back_to_total") -%}
    {%- set product_first, price_too = setting("price_times_quantity_first"), setting("price_from_revenue") -%}
    {%- set product = path("price") ~ " times " ~ path("quantity") -%}
    {%- set order_total = path("total") if total != "none" else "" -%}
    {%- set elsewhere = "; none where its products carry it" if per_product else "" -%}
    {%- set without = setting("events_without_revenue") -%}
    {%- set left_out = "; not of `" ~ without | join("`, `") ~ "`" if without else "" -%}
    {%- set agreeing = {
        true:  "Only beside a revenue",
        false: "Only beside a revenue that is price times quantity, because Amplitude multiplies the two",
    }[product_first] -%}
    {%- set shared = ["price_from_revenue", "price_times_quantity_first", "revenue_on_track"] -%}
    {%- set ids = [path("product_id"), path("product_id", also=true) if lenient else ""] -%}
    {%- set types = [
        path("revenue_type"),
        path("revenue_type", also=true) if lenient else "",
        default_type ~ " on completed orders",
    ] -%}
    {%- set calls = "track" if on_track else "completed order" -%}
    {{ return({
        "revenue": [
            origin(
                [product, path("revenue"), order_total] if product_first else [path("revenue"), order_total, product],
                numbers ~ elsewhere ~ ".",
                [
                    "price_times_quantity_first", "revenue_falls_back_to_total", "track_revenue_per_product", "order_completed_match",
                    "log_event_version", "parse_number_text",
                ],
                "completed order",
            ),
            origin(
                [path("revenue"), path("total") if total == "any" else ""] if on_track else [],
                numbers ~ left_out ~ "." if on_track else "",
                ["revenue_on_track", "events_without_revenue", "revenue_falls_back_to_total", "parse_number_text"],
                "other track",
            ),
        ],
        "price": [origin([path("price"), "the revenue" if price_too else ""], agreeing ~ ".", shared, calls)],
        "quantity": [origin(
            ["1 where the price is the revenue" if price_too else "", path("quantity")],
            agreeing ~ "; rounded to a whole number.",
            shared,
            calls,
        )],
        "productId": [origin(ids, beside, ["strict_types", "revenue_on_track"], calls)],
        "revenueType": [origin(
            types, beside, ["default_revenue_type", "order_completed_match", "strict_types", "revenue_on_track"], calls
        )],
    }) }}
    -- fmt: on
{% endmacro %}
