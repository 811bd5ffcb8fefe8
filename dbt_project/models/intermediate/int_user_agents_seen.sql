select distinct user_agent
from {{ ref("stg_segment__messages") }}
where user_agent is not null and {{ seg2amp.reads_user_agents() | lower }}
