{#- In words, where the event_properties of an event come from: {payload key: origins}. row: its kind, as `audit_mapping` names it. -#}
{% macro event_property_origins(row) %}
    -- fmt: off
    {%- set origin, path, setting = seg2amp.origin, seg2amp.field_path, seg2amp.setting -%}
    {%- if row == "product event" -%}
        {%- set keys = setting("product_keys") -%}
        {%- set kept = "Its " ~ keys | join(", ") ~ " alone" if keys else "All of it" -%}
        {%- set numbers = "; its revenue fields as text or numbers of their kind" if setting("strict_types") else "" -%}
        {%- set own = "`properties.products[].order_id`" if not keys or "order_id" in keys else "" -%}
        {%- set of_order = path("order_id") if setting("order_id_on_products") else "" -%}
        {%- set origins = [
            origin(["`properties.products[]`"], kept ~ numbers ~ ".", ["product_keys", "strict_types"]),
            origin([own, of_order], settings=["order_id_on_products", "product_keys"], part="order_id"),
        ] -%}
    {%- else -%}
        {%- set left_out = "Without `language`, `country`, `event_id` and `amplitude_event_type`, for which Amplitude has fields." -%}
        {%- set custom, named = setting("use_custom_amplitude_properties"), setting("page_name_in_properties") -%}
        {%- if setting("track_products_once") -%}
            {%- set products = [path("products"), "Each with productId, sku, name, price, quantity and category alone."] -%}
        {%- elif setting("order_keeps_products") -%} {%- set products = [path("products"), ""] -%}
        {%- else -%} {%- set products = ["", "Each has an event of its own."] -%}
        {%- endif -%}
        {%- set of_pages, of_products = ["page_name_in_properties"], ["order_keeps_products", "track_products_once", "order_completed_match"] -%}
        {%- set origins = [
            origin([path("properties")], "" if custom else left_out, ["use_custom_amplitude_properties"]),
            origin(["`properties.name`", path("name") if named else ""], "", of_pages, "page, screen", "name"),
            origin(["`properties.category`", path("category") if named else ""], "", of_pages, "page, screen", "category"),
            origin([products[0]], products[1], of_products, "completed order", "products"),
        ] -%}
    {%- endif -%}

    {#- What settings add to every event; of two that give the same name the last holds. -#}
    {%- set added = {} -%}
    {%- for source, name in setting("append_fields_to_event_props").items() -%}
        {%- do added.update({name: "`" ~ source ~ "`"}) -%}
    {%- endfor -%}
    {%- for name, side in setting("map_query_params").items() if side == "event_properties" -%}
        {%- do added.update({name: path("page_search")}) -%}
    {%- endfor -%}
    {%- for name, source in (added or {"<name>": ""}).items() -%}
        {%- do origins.append(origin(
            [source],
            "It wins over a property of that name." if source else "",
            ["append_fields_to_event_props", "map_query_params"],
            part=name,
        )) -%}
    {%- endfor -%}
    {{ return({"event_properties": origins}) }}
    -- fmt: on
{% endmacro %}
