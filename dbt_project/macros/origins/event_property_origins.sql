{#- In words, where the event_properties of an event come from, those of a product's event included: a list of origins. -#}
{% macro event_property_origins(product=false) %}
    {{
        return(
            (seg2amp._of_product() if product else seg2amp._of_properties())
            + seg2amp._added_origins()
        )
    }}
{% endmacro %}

{% macro _of_properties() %}
    {%- set left_out = "Without `language`, `country`, `event_id` and `amplitude_event_type`, for which Amplitude has fields." -%}
    {%- set once = seg2amp.setting("track_products_once") -%}
    {%- set products = seg2amp.field_path("products") -%}
    {%- set origins = [
        seg2amp.origin(
            [seg2amp.field_path("properties")],
            "" if seg2amp.setting("use_custom_amplitude_properties") else left_out,
            ["use_custom_amplitude_properties"],
        )
    ] -%}
    {%- for name in ["name", "category"] -%}
        {%- set own = (
            [seg2amp.field_path(name)]
            if seg2amp.setting("page_name_in_properties")
            else []
        ) -%}
        {%- do origins.append(
            seg2amp.origin(
                ["`properties." ~ name ~ "`"] + own,
                settings=["page_name_in_properties"],
                calls="page, screen",
                part=name,
            )
        ) -%}
    {%- endfor -%}
    {%- if once -%}
        {%- set listed = seg2amp.origin(
            [products],
            "Each with productId, sku, name, price, quantity and category alone.",
        ) -%}
    {%- elif seg2amp.setting("order_keeps_products") -%}
        {%- set listed = seg2amp.origin([products]) -%}
    {%- else -%} {%- set listed = seg2amp.origin([], "Each has an event of its own.") -%}
    {%- endif -%}
    {%- do listed.update(
        {
            "settings": [
                "order_keeps_products",
                "track_products_once",
                "order_completed_match",
            ],
            "calls": "completed order",
            "part": "products",
        }
    ) -%}
    {{ return(origins + [listed]) }}
{% endmacro %}

{% macro _of_product() %}
    {%- set keys = seg2amp.setting("product_keys") -%}
    {%- set own = "`properties.products[].order_id`" -%}
    {%- set order = seg2amp.field_path("order_id") -%}
    {%- set kept = [] if keys and "order_id" not in keys else [own] -%}
    {%- set numbers = (
        "; its revenue fields as text or numbers of their kind"
        if seg2amp.setting("strict_types")
        else ""
    ) -%}
    {{
        return(
            [
                seg2amp.origin(
                    ["`properties.products[]`"],
                    ("Its " ~ keys | join(", ") ~ " alone" if keys else "All of it")
                    ~ numbers
                    ~ ".",
                    ["product_keys", "strict_types"],
                ),
                seg2amp.origin(
                    kept + ([order] if seg2amp.setting("order_id_on_products") else []),
                    settings=["order_id_on_products", "product_keys"],
                    part="order_id",
                ),
            ]
        )
    }}
{% endmacro %}

{#- What settings add to every event. -#}
{% macro _added_origins() %}
    {%- set added = {} -%}
    {%- for path, name in seg2amp.setting("append_fields_to_event_props").items() -%}
        {%- do added.update({name: "`" ~ path ~ "`"}) -%}
    {%- endfor -%}
    {%- for name, side in seg2amp.setting("map_query_params").items() if side == "event_properties" -%}
        {%- do added.update({name: seg2amp.field_path("page_search")}) -%}
    {%- endfor -%}
    {%- set settings = ["append_fields_to_event_props", "map_query_params"] -%}
    {%- set origins = [] -%}
    {%- for name, path in added.items() -%}
        {%- do origins.append(
            seg2amp.origin(
                [path], "It wins over a property of that name.", settings, part=name
            )
        ) -%}
    {%- endfor -%}
    {{ return(origins or [seg2amp.origin([], settings=settings, part="<name>")]) }}
{% endmacro %}
