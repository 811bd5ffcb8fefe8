with
    messages as (
        select
            source_relation,
            user_id,
            device_id,
            seen_ms as seen,
            call_type = 'identify' and user_id is not null as names_user,
            not has_anonymous_id as lacks_anonymous_id,
            call_type in ('track', 'page', 'screen') as is_event,
            call_type = 'track'
            and lower(event) in ('signed up', 'signed in', 'logged in')
            and user_id is null as is_unnamed_login
        from {{ ref("int_messages_routed") }}
        where
            outcome = 'mapped' and call_type <> 'alias' and coalesce(user_id, device_id) is not null
    ),

    -- Joins on the few identifies, because windows over all messages cost several times as much.
    identified as (
        select device_id, user_id, min(seen) as user_identified
        from messages
        where names_user and device_id is not null
        group by device_id, user_id
    ),

    devices as (
        select device_id, min(user_identified) as device_identified
        from identified
        group by device_id
    ),

    turns as (
        select
            devices.*,
            min(case when user_id is null then seen end) as anonymous_since,
            min(
                case
                    when is_event and user_id is not null and seen >= device_identified then seen
                end
            ) as recognised
        from messages
        inner join devices on messages.device_id = devices.device_id
        group by devices.device_id, devices.device_identified
    ),

    judged as (
        select
            messages.*,
            is_event and seen < user_identified as is_late,
            seen > anonymous_since as follows_anonymous,
            is_event
            and messages.user_id is null
            and seen > device_identified
            and seen < coalesce(recognised, seen + 1) as is_early
        from messages
        left join
            identified
            on messages.device_id = identified.device_id
            and messages.user_id = identified.user_id
        left join turns on messages.device_id = turns.device_id
    )

select
    source_relation,
    user_id,
    device_id,
    count(*) as messages,
    min(seen) as first_seen,
    max(seen) as last_seen,
    count(case when names_user then 1 end) as identifies,
    count(
        case when names_user and lacks_anonymous_id then 1 end
    ) as identifies_without_anonymous_id,
    count(case when is_late or is_unnamed_login then 1 end) as late_events,
    count(
        case when (is_late and follows_anonymous) or is_unnamed_login then 1 end
    ) as certainly_late_events,
    count(case when is_early then 1 end) as early_events
from judged
group by source_relation, user_id, device_id
