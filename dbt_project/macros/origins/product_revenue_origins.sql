{#- Where what a product earned comes from, with `track_revenue_per_product`: {field: origins}. -#}
{% macro product_revenue_origins() %}
    {%- set at = "properties.products[]." -%}
    {%- set lenient = not seg2amp.setting("strict_types") -%}
    {%- set beside = "Only beside a revenue." -%}
    {%- set default_type = "`" ~ seg2amp.setting("default_revenue_type") ~ "`" -%}
    {%- set per, strict = ["track_revenue_per_product"], [
        "track_revenue_per_product",
        "strict_types",
    ] -%}
    -- fmt: off
    {{ return({
        "revenue":     [seg2amp.origin(["`" ~ at ~ "price` times `" ~ at ~ "quantity`", "`" ~ at ~ "revenue`"], "0 is none; " ~ seg2amp._numbers_read() ~ ".", per + ["parse_number_text"])],
        "price":       [seg2amp.origin(["`" ~ at ~ "price`"], beside, per)],
        "quantity":    [seg2amp.origin(["`" ~ at ~ "quantity`"], "Only beside a revenue; rounded to a whole number.", per)],
        "productId":   [seg2amp.origin(["`" ~ at ~ "productId`"] + (["`" ~ at ~ "product_id`"] if lenient else []), beside, strict)],
        "revenueType": [seg2amp.origin(["`" ~ at ~ "revenueType`"] + (["`" ~ at ~ "revenue_type`"] if lenient else []) + [default_type], beside, strict + ["default_revenue_type"])],
    }) }}
    -- fmt: on
{% endmacro %}
