{#-
    In words, where the fields of an event come from that neither identifies nor device fields have: {field: origins}.
    product: whether the event is that of a product.
-#}
{% macro tracking_origins(product=false) %}
    {%- set path = seg2amp.field_path -%}
    {%- set ids = [path("advertising_id"), path("advertising_id", also=true)] -%}
    {%- set by_os = seg2amp.setting("advertising_id_on") == "by_os" -%}
    {%- set skipped = seg2amp.setting("skip_user_properties_sync") -%}
    {%- set raw = seg2amp.setting("include_raw_user_agent") and not product -%}
    {%- set origin = seg2amp.origin -%}
    -- fmt: off
    {{ return({
        "ip":           [origin([path("ip")])],
        "location_lat": [origin([path("latitude")], "As a number.", ["parse_number_text"])],
        "location_lng": [origin([path("longitude")], "As a number.", ["parse_number_text"])],
        "idfa":         [origin(ids, "Where `context.os.name` is iOS." if by_os else "On every system.", ["advertising_id_on"])],
        "adid":         [origin(ids, "Where `context.os.name` is Android." if by_os else "On every system.", ["advertising_id_on"])],
        "idfv":         [origin([path("context_device_id")] if seg2amp.setting("send_idfv") else [], settings=["send_idfv"])],
        "android_id":   [seg2amp.mapped_origin("android_id")],
        "event_id":     [seg2amp.mapped_origin("event_id")],
        "user_agent":   [origin([path("user_agent")] if raw else [], settings=["include_raw_user_agent"])],
        "$skip_user_properties_sync": [origin(["the word `true`"] if skipped else [], "The event leaves the user's properties alone." if skipped else "", ["skip_user_properties_sync"])],
    }) }}
    -- fmt: on
{% endmacro %}
