{#-
    Outside DuckDB plain dbt cannot parse user agents: run `seg2amp build`, or set `user_agent_parsing` to false. Until then nothing
    is mapped, because rows that lack what their agent tells would enter the outbox for good.
    `seg2amp build` asks this very query which agents to parse.
-#}
select seen.user_agent
from {{ ref("int_user_agents_seen") }} as seen
left join {{ ref("int_user_agents_parsed") }} as parsed on seen.user_agent = parsed.user_agent
where parsed.user_agent is null
