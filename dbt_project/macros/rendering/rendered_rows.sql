{#-
    The rows of all four marts, each with its payload, endpoint and place among a person's rows. messages: SQL, a select of the message_key
    of those whose rows are wanted, none for all. It is asked before anything is rendered.
-#}
{% macro rendered_rows(messages=none) -%}
    {%- set wanted -%}
        {%- if messages %} where message_key in ({{ messages }}) {%- endif -%}
    {%- endset %}
    {%- set columns = [
        "insert_id",
        "message_key",
        "message_id",
        "rule_id",
        "row_index",
        "source_relation",
        "source_table",
        "rejection_reason",
    ] | join(", ") %}
    with
        events as (
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
        ),

        identifies as (
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
        ),

        group_identifies as (
            select
                {{ columns }},
                'groupidentify' as endpoint,
                'group_identify' as kind,
                1 as kind_order,
                user_id,
                device_id,
                group_type || '|' || group_value as person_key,
                time as event_time,
                cast(null as text) as user_properties,
                false as skip_user_properties_sync,
                {{ seg2amp.group_identify_payload() }} as payload
            from {{ ref("amplitude_group_identifies") }} {{ wanted }}
        ),

        user_mappings as (
            select
                {{ columns }},
                'usermap' as endpoint,
                'user_map' as kind,
                1 as kind_order,
                user_id,
                cast(null as text) as device_id,
                user_id as person_key,
                time as event_time,
                cast(null as text) as user_properties,
                false as skip_user_properties_sync,
                {{ seg2amp.user_map_payload() }} as payload
            from {{ ref("amplitude_user_mappings") }} {{ wanted }}
        )

    select *
    from events
    union all
    select *
    from identifies
    union all
    select *
    from group_identifies
    union all
    select *
    from user_mappings
{%- endmacro %}
