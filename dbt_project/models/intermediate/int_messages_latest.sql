with
    messages as (
        select messages.*, known.change_number
        from {{ ref("int_messages_known") }} as known
        inner join
            {{ ref("stg_segment__messages") }} as messages
            on known.row_id = messages.row_id
            and known.landed_in = messages.landed_in
    ),

    -- Grouped, so that a name that is listed twice does not make two messages of one.
    exceptions as (
        select
            call_type as excepted_type,
            name as excepted_name,
            min(action) as action,
            min(new_name) as new_name,
            min(comment) as comment
        from {{ ref("event_exceptions") }}
        group by call_type, name
    ),

    named as (
        select *, case when call_type = 'track' then sent_event else sent_name end as name_as_sent
        from messages
    ),

    judged as (
        select *, case when action = 'rename' then new_name end as given_name
        from named
        left join exceptions on call_type = excepted_type and name_as_sent = excepted_name
    )

select
    *,
    case
        when call_type = 'track' then coalesce(given_name, sent_event) else sent_event
    end as event,
    case when call_type = 'track' then sent_name else coalesce(given_name, sent_name) end as name,
    case when given_name is not null then name_as_sent end as original_name,
    case
        when action = 'drop' then concat_ws(': ', 'event_exceptions', nullif(trim(comment), ''))
    end as exception_reason
from judged
