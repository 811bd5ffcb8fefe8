{#- The Amplitude columns that all events of one message share. parsed: whether its user agent is asked about the device. -#}
{% macro event_columns(parsed=true) -%}
    user_id,
    device_id,
    {{ seg2amp.event_time() }} as time,
    {{ seg2amp.event_session() }} as session_id,
    {{
        (
            "user_properties"
            if seg2amp.setting("user_properties_on") == "event"
            else "cast(null as text)"
        )
    }} as user_properties,
    {{ seg2amp.event_groups() }} as groups,
    {{ seg2amp.setting("skip_user_properties_sync") | lower }} as skip_user_properties_sync,
    {{ seg2amp.device_columns(parsed) }},
    ip,
    latitude as location_lat,
    longitude as location_lng,
    {{ seg2amp.advertising_id("ios") }} as idfa,
    {{ seg2amp.advertising_id("android") }} as adid,
    {{ "context_device_id" if seg2amp.setting("send_idfv") else "cast(null as text)" }} as idfv,
    android_id,
    {{ seg2amp.whole_number("event_id") }} as event_id,
    library
{%- endmacro %}
