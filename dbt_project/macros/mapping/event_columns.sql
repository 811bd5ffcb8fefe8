{#- The Amplitude columns that all events of one message share. parsed: whether its user agent is asked about the device. -#}
{% macro event_columns(parsed=true) -%}
    user_id,
    device_id,
    {{ seg2amp.event_time() }} as time,
    {{ seg2amp.event_session() }} as session_id,
    user_properties,
    {{ seg2amp.event_groups() }} as groups,
    {{ seg2amp.device_columns(parsed) }},
    ip,
    latitude as location_lat,
    longitude as location_lng,
    advertising_id as idfa,
    advertising_id as adid,
    context_device_id as idfv,
    library
{%- endmacro %}
