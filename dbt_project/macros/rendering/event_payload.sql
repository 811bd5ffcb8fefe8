{#- What an event of the batch API is made of, {key: SQL of JSON from a row of amplitude_events}; keys without a value are left out. -#}
{% macro event_payload() -%}
    {%- set text = seg2amp.json_string -%}
    {{
        seg2amp.json_object(
            {
                "user_id": text("user_id"),
                "device_id": text("device_id"),
                "event_type": text("event_type"),
                "time": "cast(time as text)",
                "session_id": "cast(session_id as text)",
                "insert_id": text("insert_id"),
                "user_properties": "user_properties",
                "event_properties": "event_properties",
                "groups": "groups",
                "$skip_user_properties_sync": "case when skip_user_properties_sync then 'true' end",
                "app_version": text("app_version"),
                "platform": text("platform"),
                "os_name": text("os_name"),
                "os_version": text("os_version"),
                "device_brand": text("device_brand"),
                "device_manufacturer": text("device_manufacturer"),
                "device_model": text("device_model"),
                "device_type": text("device_type"),
                "carrier": text("carrier"),
                "country": text("country"),
                "region": text("region"),
                "city": text("city"),
                "dma": text("dma"),
                "language": text("language"),
                "price": "cast(price as text)",
                "quantity": "cast(quantity as text)",
                "revenue": "cast(revenue as text)",
                "location_lat": "cast(location_lat as text)",
                "location_lng": "cast(location_lng as text)",
                "productId": text("product_id"),
                "revenueType": text("revenue_type"),
                "ip": text("ip"),
                "idfa": text("idfa"),
                "idfv": text("idfv"),
                "adid": text("adid"),
                "android_id": text("android_id"),
                "event_id": "cast(event_id as text)",
                "library": text("library"),
                "user_agent": text("user_agent"),
            }
        )
    }}
{%- endmacro %}
