select distinct user_agent
from {{ ref("stg_segment__messages") }}
where
    user_agent is not null
    -- The parsed agents can outlast a setting: whoever joins them asks for what it needs.
    and {{ (seg2amp.agents_describe() or seg2amp.setting("drop_bots")) | lower }}
