{#-
    What a user agent tells of a message's device, from the columns of int_user_agents_parsed. `agent_describes` = device: the system (or
    else the browser) and the device, a device without a name by its system; os_version is by `agent_os_version` the system's own, or the
    browser's major version, which Amplitude (Actions) sends. browser: the browser stands for the system, and the system for the
    device's model, as Amplitude (Classic) has it.
-#}
{% macro agent_columns() -%}
    {%- set version = {"system": "os_version", "browser": "browser_version"}[
        seg2amp.setting("agent_os_version")
    ] -%}
    {%- if seg2amp.setting("agent_describes") == "browser" -%}
        browser_name as agent_os_name,
        browser_version as agent_os_version,
        cast(null as text) as agent_device_manufacturer,
        os_name as agent_device_model,
        cast(null as text) as agent_device_type
    {%- else -%}
        coalesce(os_name, browser_name) as agent_os_name,
        {{ version }} as agent_os_version,
        device_manufacturer as agent_device_manufacturer,
        coalesce(device_model, os_name) as agent_device_model,
        device_type as agent_device_type
    {%- endif -%}
{%- endmacro %}
