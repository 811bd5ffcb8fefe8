"""One row per distinct user agent, parsed once, in Amplitude's vocabulary."""


def model(dbt, session):
    from seg2amp.transform.user_agents import read_user_agents

    dbt.config(materialized="table")
    seen = dbt.ref("int_user_agents_seen").fetchall()
    return read_user_agents(agent for (agent,) in seen)
