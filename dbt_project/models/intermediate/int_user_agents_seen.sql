{%- set asked = seg2amp.setting("user_agent_parsing") and not seg2amp.setting(
    "include_raw_user_agent"
) %}
with
    agents as (
        select {{ seg2amp.coerce_text("user_agent_json") }} as user_agent
        from {{ ref("int_messages_deduplicated") }}
        where user_agent_json is not null and {{ asked | lower }}
    )

select distinct user_agent
from agents
where user_agent <> ''
