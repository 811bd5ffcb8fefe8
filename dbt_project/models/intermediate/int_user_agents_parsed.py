"""One row per distinct user agent, parsed once, in Amplitude's vocabulary."""


def model(dbt, session):
    from seg2amp.transform.user_agents import read_user_agents

    dbt.config(materialized="incremental", incremental_strategy="append")
    agents = {agent for (agent,) in dbt.ref("int_user_agents_seen").fetchall()}
    if dbt.is_incremental:
        parsed = session.table(str(dbt.this)).select("user_agent")
        agents -= {agent for (agent,) in parsed.fetchall()}
    return read_user_agents(sorted(agents))
