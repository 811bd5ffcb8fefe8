{%- set asked = seg2amp.agents_describe() or seg2amp.setting("drop_bots") %}
with
    agents as (
        select {{ seg2amp.coerce_text("user_agent_json") }} as user_agent
        from {{ ref("int_messages_deduplicated") }}
        where user_agent_json is not null and {{ asked | lower }}
    )

select distinct user_agent
from agents
where user_agent <> ''
