{#-
    os_version as a user agent tells it: the client hint (userAgentData.platformVersion), else by `agent_os_version` the system's own version,
    or the browser's major version, which Amplitude (Actions) sends. Hints without an agent count for nothing there.
-#}
{% macro agent_os_version() -%}
    {%- set column = {"system": "agent_system_version", "browser": "agent_browser_version"}[
        seg2amp.setting("agent_os_version")
    ] -%}
    case when agent is not null then coalesce(user_agent_data_platform_version, {{ column }}) end
{%- endmacro %}
