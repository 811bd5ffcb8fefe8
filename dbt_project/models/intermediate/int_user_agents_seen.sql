select distinct user_agent
from {{ ref("int_messages_typed") }}
where user_agent is not null and {{ seg2amp.reads_user_agents() | lower }}
