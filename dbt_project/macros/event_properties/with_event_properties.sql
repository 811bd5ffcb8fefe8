{#-
    The event_properties of rows of int_event_rows, as CTEs that end in `described`: those of its message, or of its product, without those that the
    settings leave out and with those that they add. What the message itself says wins over the name and category of a page; what a setting
    asks for wins over the message.
      An order's properties are without its products where `order_keeps_products` is off, or list them once with `track_products_once`.
      A product's are the product with the keys of `product_keys`, or as it was sent, the order's id beside it with `order_id_on_products`.
      With `strict_types` the fields of revenue are as the destination's validation coerces them.
-#}
{% macro with_event_properties(rows) -%}
    {%- set custom = ["language", "country", "event_id", "amplitude_event_type"] -%}
    {%- set left_out = [] if seg2amp.setting("use_custom_amplitude_properties") else custom -%}
    {%- set paged = seg2amp.setting("page_name_in_properties") -%}
    {%- set once = seg2amp.setting("track_products_once") -%}
    {%- set of_order = left_out + (
        ["products"] if once or not seg2amp.setting("order_keeps_products") else []
    ) -%}
    {%- set all = "page_properties" if paged else "properties" -%}
    {%- set rest = seg2amp.without_keys(all, left_out) if left_out else all -%}
    {%- set order = seg2amp.without_keys(all, of_order) if of_order else all -%}
    {%- set adds = seg2amp.added_properties() | trim != "cast(null as text)" -%}
    {%- set extra = seg2amp.extra_properties() -%}
    {#- An event that took its name from elsewhere keeps the page's own. -#}
    {%- set renamed = seg2amp.json_merged(
        "page_object", "'{\"name\":' || " ~ seg2amp.json_string("name") ~ " || '}'"
    ) -%}
    {%- set keys = seg2amp.setting("product_keys") -%}
    {%- set coerced = (
        {
            "price": "cast(product_price as text)",
            "revenue": "cast(product_revenue_sent as text)",
            "quantity": "cast(product_quantity as text)",
            "productId": seg2amp.json_string("product_product_id"),
            "revenueType": seg2amp.json_string("product_revenue_type"),
        }
        if seg2amp.setting("strict_types")
        else {}
    ) -%}
    {%- set pairs = {} -%}
    {%- for key in keys -%}
        {%- do pairs.update({key: coerced.get(key, seg2amp.json_leaf("product", [key]))}) -%}
    {%- endfor -%}
    {%- if paged %}
        paged as (
            select
                *,
                case
                    when page_object is null
                    then properties
                    when original_name is null
                    then {{ seg2amp.json_merged("page_object", "coalesce(properties, '{}')") }}
                    else {{ seg2amp.json_merged(renamed, "coalesce(properties, '{}')") }}
                end as page_properties
            from {{ rows }}
        ),
    {%- endif %}

    parted as (
        select
            *,
            case
                when is_product_row or {{ all }} is null
                then null
                {%- if of_order != left_out %}
                    when is_order and product_count > 0 then {{ order }}
                {%- endif %}
                else {{ rest }}
            end as message_properties,
            case
                when is_product_row then {{ seg2amp.json_object(pairs) if keys else "product" }}
            end as kept_product
        from {{ "paged" if paged else rows }}
    ),

    chosen as (
        select
            *,
            {%- if once %}
                case
                    when is_order and product_count > 0
                    then
                        {{
                            seg2amp.json_merged(
                                "coalesce(message_properties, '{}')",
                                "'{\"products\":[' || listed_products || ']}'",
                            )
                        }}
                    else message_properties
                end
            {%- elif seg2amp.setting("order_id_on_products") %}
                case
                    when not is_product_row
                    then message_properties
                    when order_object is null or product_has_order_id
                    then kept_product
                    else {{ seg2amp.json_merged("kept_product", "order_object") }}
                end
            {%- else %} coalesce(message_properties, kept_product)
            {%- endif %} as own_properties
        from parted
    ),

    described as (
        select
            *,
            {%- if extra %}
                {{
                    seg2amp.json_merged(
                        seg2amp.json_merged(
                            "coalesce(own_properties, '{}')", "coalesce(added_properties, '{}')"
                        ),
                        seg2amp.json_object(extra),
                    )
                }}
            {%- elif adds %}
                {{ seg2amp.json_merged("coalesce(own_properties, '{}')", "added_properties") }}
            {%- else %} own_properties
            {%- endif %} as event_properties
        from chosen
    )
{%- endmacro %}
