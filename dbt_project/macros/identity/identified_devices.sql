{#-
    The first user id seen with each device, by `time`, then `received_at`, of mapped messages that have both ids.
    devices: SQL, a select of the device ids that are asked for, none for all: a person's rows come by thousands, all messages by millions.
-#}
{% macro identified_devices(devices=none) -%}
    select device_id, user_id
    from
        (
            select
                device_id,
                user_id,
                row_number() over (
                    partition by device_id order by time_told nulls last, received_at, message_key
                ) as sighting
            from {{ ref("int_messages_routed") }}
            where
                outcome = 'mapped'
                and call_type <> 'alias'
                and user_id is not null
                and {{ "device_id in (" ~ devices ~ ")" if devices else "device_id is not null" }}
        ) as sightings
    where sighting = 1
{%- endmacro %}
