{#- One event of the batch API as JSON text, from a row of amplitude_events; keys without a value are left out. -#}
{% macro event_payload() -%}
    -- fmt: off
    {%- set pairs = {
        "user_id":          seg2amp.json_string("user_id"),
        "device_id":        seg2amp.json_string("device_id"),
        "event_type":       seg2amp.json_string("event_type"),
        "time":             "cast(time as text)",
        "session_id":       "cast(session_id as text)",
        "insert_id":        seg2amp.json_string("insert_id"),
        "event_properties": "event_properties",
        "user_properties":  "user_properties",
        "groups":           "groups",
        "$skip_user_properties_sync": "case when skip_user_properties_sync then 'true' end",
    } -%}
    {%- do pairs.update(seg2amp.device_pairs()) -%}
    {%- do pairs.update({
        "price":            "cast(price as text)",
        "quantity":         "cast(quantity as text)",
        "revenue":          "cast(revenue as text)",
        "location_lat":     "cast(location_lat as text)",
        "location_lng":     "cast(location_lng as text)",
        "productId":        seg2amp.json_string("product_id"),
        "revenueType":      seg2amp.json_string("revenue_type"),
        "ip":               seg2amp.json_string("ip"),
        "idfa":             seg2amp.json_string("idfa"),
        "idfv":             seg2amp.json_string("idfv"),
        "adid":             seg2amp.json_string("adid"),
        "android_id":       seg2amp.json_string("android_id"),
        "event_id":         "cast(event_id as text)",
        "library":          seg2amp.json_string("library"),
        "user_agent":       seg2amp.json_string("user_agent"),
    }) -%}
    -- fmt: on
    {{ return(seg2amp.json_object(pairs)) }}
{%- endmacro %}
