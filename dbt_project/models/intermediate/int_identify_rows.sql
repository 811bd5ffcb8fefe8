{%- set apart = seg2amp.setting("user_properties_on") == "identify" -%}
{%- set calls = "'identify', 'group'" ~ (", 'track', 'page', 'screen'" if apart else "") %}
with
    messages as ({{ seg2amp.sent_messages(calls) }}),

    described as ({{ seg2amp.described("messages") }})

select
    *,
    case
        call_type
        when 'identify'
        then 'identify'
        when 'group'
        then 'group_membership'
        else 'event_user_properties'
    end as row_rule_id,
    case
        when call_type in ('identify', 'group') then message_key else message_key || '-u'
    end as insert_id
from described
where call_type <> 'group' or coalesce(user_id, device_id) is not null
