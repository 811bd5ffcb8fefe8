{{ config(materialized="incremental", incremental_strategy="by_message") }}
{%- set outcomes = ref("int_messages_routed") -%}
{%- set columns = {"message_key": "text", "device_id": "text"} -%}
{%- do columns.update({"session_id": "bigint", "change_number": "bigint"}) -%}
{%- set in_order = "order by time, received_at nulls last, message_key" -%}
{%- if not seg2amp.setting("derive_sessions") -%} {{ seg2amp.empty_table(columns) }}
{%- else -%}
    with
        -- A device's sessions are derived as a whole, since a late event may join two of them. A
        -- message that changed may have been another device's before.
        touched as (
            select device_id
            from {{ outcomes }}
            where {{ seg2amp.changed() }}
            {%- if seg2amp.last_build() is not none %}
                union
                select before.device_id
                from {{ this }} as before
                inner join
                    {{ seg2amp.table_of("int_messages_known") }} as known
                    on before.message_key = known.message_key
                where {{ seg2amp.changed(["known.change_number"]) }}
            {%- endif %}
        ),

        events as (
            select
                message_key,
                device_id,
                received_at,
                time,
                session_sent_ms,
                coalesce(
                    session_sent_ms = -1
                    or session_sent_ms between 978307200000 and latest_credible_ms,
                    false
                ) as session_is_credible,
                latest_credible_ms,
                case
                    when is_mobile
                    then {{ seg2amp.setting("session_gap_minutes_mobile") * 60000 }}
                    else {{ seg2amp.setting("session_gap_minutes") * 60000 }}
                end as gap
            from {{ outcomes }}
            where
                outcome = 'mapped'
                and call_type in ('track', 'page', 'screen')
                and device_id in (select device_id from touched)
                and time between 978307200000 and latest_credible_ms
        ),

        given as (
            select
                *,
                {{
                    (
                        "case when session_is_credible then session_sent_ms end"
                        if seg2amp.setting("session_id_unit") == "auto"
                        else "session_sent_ms"
                    )
                }} as given_session_id,
                case when session_is_credible then nullif(session_sent_ms, -1) end as own_session_id
            from events
        ),

        activity as (
            select *, time - lag(time) over (partition by device_id {{ in_order }}) as pause
            from given
            where coalesce(given_session_id, 0) <> -1
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
                latest_credible_ms,
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
    where
        given_session_id is null
        and (session_id = -1 or session_id between 978307200000 and latest_credible_ms)
{%- endif -%}
