{#-
    What an event of the batch API is made of, in order: {field: Amplitude's key, json: SQL from a row of amplitude_events, origins: in words,
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
    {%- set text = seg2amp.json_string -%}
    -- fmt: off
    {{ return([
        {"field": "user_id",          "json": text("user_id"),              "origins": ids.user_id},
        {"field": "device_id",        "json": text("device_id"),            "origins": ids.device_id},
        {"field": "event_type",       "json": text("event_type"),           "origins": names},
        {"field": "time",             "json": "cast(time as text)",         "origins": times.time},
        {"field": "session_id",       "json": "cast(session_id as text)",   "origins": times.session_id},
        {"field": "insert_id",        "json": text("insert_id"),            "origins": [seg2amp.insert_id_origin(row)]},
        {"field": "user_properties",  "json": "user_properties",            "origins": of_person},
        {"field": "event_properties", "json": "event_properties",           "origins": seg2amp.event_property_origins(product)},
        {"field": "groups",           "json": "groups",                     "origins": groups.groups},
        {"field": "$skip_user_properties_sync", "json": "case when skip_user_properties_sync then 'true' end", "origins": tracking["$skip_user_properties_sync"]},
    ] + seg2amp.device_entries(device) + [
        {"field": "price",            "json": "cast(price as text)",        "origins": revenue.price},
        {"field": "quantity",         "json": "cast(quantity as text)",     "origins": revenue.quantity},
        {"field": "revenue",          "json": "cast(revenue as text)",      "origins": revenue.revenue},
        {"field": "location_lat",     "json": "cast(location_lat as text)", "origins": tracking.location_lat},
        {"field": "location_lng",     "json": "cast(location_lng as text)", "origins": tracking.location_lng},
        {"field": "productId",        "json": text("product_id"),           "origins": revenue.productId},
        {"field": "revenueType",      "json": text("revenue_type"),         "origins": revenue.revenueType},
        {"field": "ip",               "json": text("ip"),                   "origins": tracking.ip},
        {"field": "idfa",             "json": text("idfa"),                 "origins": tracking.idfa},
        {"field": "idfv",             "json": text("idfv"),                 "origins": tracking.idfv},
        {"field": "adid",             "json": text("adid"),                 "origins": tracking.adid},
        {"field": "android_id",       "json": text("android_id"),           "origins": tracking.android_id},
        {"field": "event_id",         "json": "cast(event_id as text)",     "origins": tracking.event_id},
        {"field": "library",          "json": text("library"),              "origins": [seg2amp.library_origin(false)]},
        {"field": "user_agent",       "json": text("user_agent"),           "origins": tracking.user_agent},
    ]) }}
    -- fmt: on
{% endmacro %}
