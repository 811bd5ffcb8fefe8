{#- What Amplitude's contract forbids about an identify row, in words; NULL where nothing. Source: Amplitude Identify API. -#}
{% macro identify_violation() -%}
    coalesce(
        case when user_id is null and device_id is null then 'neither user_id nor device_id' end,
        {{ seg2amp.id_violation("user_id") }},
        {{ seg2amp.id_violation("device_id") }},
        {{ seg2amp.time_violation() }},
        {{ seg2amp.groups_violation() }},
        {{ seg2amp.operations_violation("user_properties") }},
        {{ seg2amp.empty_key_violation("user_properties") }}
    )
{%- endmacro %}
