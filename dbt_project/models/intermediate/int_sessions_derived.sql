{{ config(materialized="incremental", incremental_strategy="by_message") }}
{%- set messages = ref("int_messages_routed") -%}
{%- set columns = {"message_key": "text", "device_id": "text"} -%}
{%- do columns.update({"session_id": "bigint", "change_number": "bigint"}) -%}
{%- set in_order = "order by time, received_at nulls last, message_key" -%}
{%- if not seg2amp.setting("derive_sessions") -%} {{ seg2amp.empty_table(columns) }}
{%- else -%}
    with
        touched as ({{ seg2amp.changed_devices(messages) }}),

        events as (
            select
                message_key,
                device_id,
                received_at,
                {{ seg2amp.event_time() }} as time,
                {{ seg2amp.given_session() }} as given_session_id,
                case
                    when {{ seg2amp.is_session() }} then nullif(session_id, -1)
                end as own_session_id,
                {{ seg2amp.session_gap_ms() }} as gap
            from {{ messages }}
            where
                outcome = 'mapped'
                and call_type in ('track', 'page', 'screen')
                and device_id in (select device_id from touched)
        ),

        activity as (
            select *, time - lag(time) over (partition by device_id {{ in_order }}) as pause
            from events
            where
                time is not null
                and {{ seg2amp.time_violation() }} is null
                and coalesce(given_session_id, 0) <> -1
        ),

        numbered as (
            select
                *,
                sum(case when pause > gap then 1 else 0 end) over (
                    partition by device_id {{ in_order }}
                    rows between unbounded preceding and current row
                ) as session_number
            from activity
        ),

        sessions as (
            select
                message_key,
                device_id,
                received_at,
                given_session_id,
                coalesce(
                    first_value(own_session_id) over (
                        partition by device_id, session_number
                        order by
                            case when own_session_id is null then 1 else 0 end,
                            time,
                            received_at nulls last,
                            message_key
                    ),
                    min(time) over (partition by device_id, session_number)
                ) as session_id
            from numbered
        )

    select
        message_key,
        device_id,
        session_id,
        cast({{ seg2amp.build_number() }} as bigint) as change_number
    from sessions
    where given_session_id is null and {{ seg2amp.is_session() }}
{%- endif -%}
