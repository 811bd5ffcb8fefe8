{#-
    What an event of the batch API is made of, in order: {field: Amplitude's key, origins: in words,
    where it comes from}. product: whether the words are those of a product's event.
-#}
{% macro event_fields(product=false) %}
    {%- set ids, times, groups = (
        seg2amp.id_origins(),
        seg2amp.time_origins(),
        seg2amp.group_origins(),
    ) -%}
    {%- set tracking, revenue = seg2amp.tracking_origins(product), seg2amp.revenue_origins(
        product
    ) -%}
    {%- set device = seg2amp.device_origins(product) -%}
    {%- set row = "product event" if product else "event" -%}
    {%- set product_name = "the words `" ~ seg2amp.setting("product_event_name") ~ "`" -%}
    {%- set names = (
        [seg2amp.origin([product_name], "Always the same.", ["product_event_name"])]
        if product
        else seg2amp.name_origins()
    ) -%}
    {%- set of_person = (
        seg2amp.user_property_origins("event")
        if seg2amp.setting("user_properties_on") == "event"
        else [
            seg2amp.origin(
                [],
                "An `$identify` row before the event has them.",
                ["user_properties_on"],
            )
        ]
    ) -%}
    -- fmt: off
    {{ return([
        {"field": "user_id",          "origins": ids.user_id},
        {"field": "device_id",        "origins": ids.device_id},
        {"field": "event_type",       "origins": names},
        {"field": "time",             "origins": times.time},
        {"field": "session_id",       "origins": times.session_id},
        {"field": "insert_id",        "origins": [seg2amp.insert_id_origin(row)]},
        {"field": "user_properties",  "origins": of_person},
        {"field": "event_properties", "origins": seg2amp.event_property_origins(product)},
        {"field": "groups",           "origins": groups.groups},
        {"field": "$skip_user_properties_sync", "origins": tracking["$skip_user_properties_sync"]},
    ] + seg2amp.device_entries(device) + [
        {"field": "price",            "origins": revenue.price},
        {"field": "quantity",         "origins": revenue.quantity},
        {"field": "revenue",          "origins": revenue.revenue},
        {"field": "location_lat",     "origins": tracking.location_lat},
        {"field": "location_lng",     "origins": tracking.location_lng},
        {"field": "productId",        "origins": revenue.productId},
        {"field": "revenueType",      "origins": revenue.revenueType},
        {"field": "ip",               "origins": tracking.ip},
        {"field": "idfa",             "origins": tracking.idfa},
        {"field": "idfv",             "origins": tracking.idfv},
        {"field": "adid",             "origins": tracking.adid},
        {"field": "android_id",       "origins": tracking.android_id},
        {"field": "event_id",         "origins": tracking.event_id},
        {"field": "library",          "origins": [seg2amp.library_origin(false)]},
        {"field": "user_agent",       "origins": tracking.user_agent},
    ]) }}
    -- fmt: on
{% endmacro %}
