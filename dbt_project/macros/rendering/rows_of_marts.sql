{#-
    The rows of all four marts, each with its payload, endpoint and place among a person's rows. messages: SQL, a select of the message_key of those
    whose rows are wanted, none for all. It is asked before anything is rendered.
-#}
{% macro rows_of_marts(messages=none) -%}
    {%- set wanted = "where message_key in (" ~ messages ~ ")" if messages else "" -%}
    {%- set columns = [
        "insert_id",
        "message_key",
        "message_id",
        "rule_id",
        "row_index",
        "source_relation",
        "source_table",
        "rejection_reason",
    ] | join(",\n        ") -%}

    select
        {{ columns }},
        '{{ seg2amp.event_endpoint() }}' as endpoint,
        'event' as kind,
        2 as kind_order,
        user_id,
        device_id,
        user_id as person_key,
        time as event_time,
        user_properties,
        skip_user_properties_sync,
        {{ seg2amp.event_payload() }} as payload
    from {{ ref("amplitude_events") }} {{ wanted }}
    union all
    select
        {{ columns }},
        endpoint,
        'identify' as kind,
        1 as kind_order,
        user_id,
        device_id,
        user_id as person_key,
        time as event_time,
        user_properties,
        false as skip_user_properties_sync,
        {{ seg2amp.identify_payload() }} as payload
    from
        (
            select *, {{ seg2amp.identify_endpoint() }} as endpoint
            from {{ ref("amplitude_identifies") }} {{ wanted }}
        ) as identifies
    union all
    select
        {{ columns }},
        'groupidentify' as endpoint,
        'group_identify' as kind,
        1 as kind_order,
        user_id,
        device_id,
        group_type || '|' || group_value as person_key,
        time as event_time,
        null as user_properties,
        false as skip_user_properties_sync,
        {{
            seg2amp.json_object(
                {
                    "group_type": seg2amp.json_string("group_type"),
                    "group_value": seg2amp.json_string("group_value"),
                    "group_properties": "group_properties",
                    "library": seg2amp.json_string("library"),
                }
            )
        }} as payload
    from {{ ref("amplitude_group_identifies") }} {{ wanted }}
    union all
    select
        {{ columns }},
        'usermap' as endpoint,
        'user_map' as kind,
        1 as kind_order,
        user_id,
        null as device_id,
        user_id as person_key,
        time as event_time,
        null as user_properties,
        false as skip_user_properties_sync,
        {{
            seg2amp.json_object(
                {
                    "user_id": seg2amp.json_string("user_id"),
                    "global_user_id": seg2amp.json_string("global_user_id"),
                    "unmap": "case when unmap then 'true' end",
                }
            )
        }} as payload
    from {{ ref("amplitude_user_mappings") }} {{ wanted }}
{%- endmacro %}
