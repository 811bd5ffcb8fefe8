{%- set agents = ref("int_user_agents_parsed") -%}
{%- set names = ref("locale_names") -%}
with
    messages as (select * from {{ ref("int_messages_typed") }}),

    -- Agents that are read for `drop_bots` alone tell nothing of the device.
    agents as (
        select user_agent as agent, {{ seg2amp.agent_columns() }}
        from {{ agents }}
        where {{ seg2amp.agents_describe() | lower }}
    ),

    robots as (
        select user_agent as robot
        from {{ agents }}
        where {{ seg2amp.setting("drop_bots") | lower }} and is_bot
    ),

    languages as (select code, name as locale_language from {{ names }} where kind = 'language'),

    countries as (select code, name as locale_country from {{ names }} where kind = 'country')

select
    messages.*,
    agent_os_name,
    case
        when agent is not null then coalesce(user_agent_data_platform_version, agent_os_version)
    end as agent_os_version,
    agent_device_manufacturer,
    case
        when agent is not null then coalesce(user_agent_data_model, agent_device_model)
    end as agent_device_model,
    agent_device_type,
    robot is not null as agent_is_bot,
    {{ "locale_language" if seg2amp.setting("locale_names") else "language" }} as locale_language,
    {{ "locale_country" if seg2amp.setting("locale_names") else "cast(null as text)" }}
    as locale_country
from messages
left join
    agents on messages.user_agent = agents.agent
    {%- if seg2amp.setting("agent_describes") == "browser" %}
        and library_name = 'analytics.js'
    {%- endif %}
left join robots on messages.user_agent = robots.robot
{%- if seg2amp.setting("locale_names") %}
    left join languages on {{ seg2amp.locale_part("language") }} = languages.code
    left join countries on {{ seg2amp.locale_part("country") }} = countries.code
{%- endif %}
