{#- What Amplitude's contract forbids about an event row, in words; NULL where nothing. Source: Amplitude HTTP V2 and batch API. -#}
{% macro event_violation() -%}
    coalesce(
        case when user_id is null and device_id is null then 'neither user_id nor device_id' end,
        {{ seg2amp.id_violation("user_id") }},
        {{ seg2amp.id_violation("device_id") }},
        case
            when length(event_type) > 1024
            then 'event_type is longer than 1024 characters'
            when
                event_type in (
                    '$identify',
                    '$groupidentify',
                    '[Amplitude] Start Session',
                    '[Amplitude] End Session',
                    '[Amplitude] Revenue',
                    '[Amplitude] Revenue (Verified)',
                    '[Amplitude] Revenue (Unverified)',
                    '[Amplitude] Merged User'
                )
            then 'event_type is reserved by Amplitude'
        end,
        {{ seg2amp.time_violation() }},
        case
            when session_id is not null and not {{ seg2amp.is_session() }}
            then 'session_id is neither -1 nor a time since 2001'
        end,
        {{ seg2amp.groups_violation() }},
        case
            when abs(location_lat) > 90 or abs(location_lng) > 180 then 'location is off the globe'
        end,
        {{ seg2amp.operations_violation("user_properties") }},
        {{ seg2amp.empty_key_violation("user_properties") }},
        {{ seg2amp.empty_key_violation("event_properties") }}
    )
{%- endmacro %}
