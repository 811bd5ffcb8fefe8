{%- set agents = ref("int_user_agents_parsed") -%}
with
    messages as (select * from {{ ref("int_messages_typed") }}),

    agents as (
        select
            user_agent as agent,
            coalesce(os_name, browser_name) as agent_os_name,
            os_version as agent_system_version,
            browser_version as agent_browser_version,
            device_manufacturer as agent_device_manufacturer,
            coalesce(device_model, os_name) as agent_device_model,
            device_type as agent_device_type,
            is_bot as agent_is_bot
        from {{ agents }}
        where {{ seg2amp.reads_user_agents() | lower }}
    )

select
    messages.*,
    agent_os_name,
    {{ seg2amp.agent_os_version() }} as agent_os_version,
    agent_device_manufacturer,
    case
        when agent is not null then coalesce(user_agent_data_model, agent_device_model)
    end as agent_device_model,
    agent_device_type,
    agent_is_bot
from messages
left join agents on messages.user_agent = agents.agent
