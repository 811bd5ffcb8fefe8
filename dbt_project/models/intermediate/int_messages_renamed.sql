{%- set names = ["event_json", "name_json"] -%}
with
    messages as (
        select
            *,
            case
                when call_type = 'track'
                then {{ seg2amp.coerce_text("event_json") }}
                when call_type in ('page', 'screen')
                then {{ seg2amp.coerce_text("name_json") }}
            end as sent_name
        from {{ ref("int_messages_deduplicated") }}
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

    judged as (
        select *, case when action = 'rename' then new_name end as given_name
        from messages
        left join exceptions on call_type = excepted_type and sent_name = excepted_name
    )

select
    message_key,
    change_number,
    landed_in,
    {%- for column in seg2amp.message_columns() if column not in names %}
        {{ column }},
    {%- endfor %}
    case
        when call_type = 'track' and given_name is not null
        then {{ seg2amp.json_string("given_name") }}
        else event_json
    end as event_json,
    case
        when call_type <> 'track' and given_name is not null
        then {{ seg2amp.json_string("given_name") }}
        else name_json
    end as name_json,
    case when given_name is not null then sent_name end as original_name,
    case
        when action = 'drop' then concat_ws(': ', 'event_exceptions', nullif(trim(comment), ''))
    end as exception_reason
from judged
