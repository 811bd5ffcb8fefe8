{#- The fields that a user agent may tell of. -#}
{% macro agent_origins(product) %}
    {%- set path = seg2amp.field_path -%}
    {%- set of_product = ["agent_on_products"] if product else [] -%}
    {%- set asked = seg2amp.agents_describe() and (
        seg2amp.setting("agent_on_products") or not product
    ) -%}
    {%- set browser = seg2amp.setting("agent_describes") == "browser" -%}
    {%- set settings = [
        "user_agent_parsing",
        "include_raw_user_agent",
        "agent_describes",
    ] + of_product -%}
    {%- set of_browser = browser or seg2amp.setting("agent_os_version") == "browser" -%}
    {%- set version = "its browser's major version" if of_browser else "its system's version" -%}
    -- fmt: off
    {%- set told = {
        "os_name": "its browser" if browser else "its system, or else its browser",
        "os_version": version ~ "; a client hint counts only beside a user agent",
        "device_manufacturer": "" if browser else "its device's maker",
        "device_model": "its system" if browser else "its device, or else its system",
        "device_type": "" if browser else "mobile, tablet or smarttv",
    } -%}
    {%- set first = {
        "os_name": [path("os_name")],
        "os_version": [path("os_version")],
        "device_manufacturer": [path("device_manufacturer")],
        "device_model": [path("device_model")],
        "device_type": [],
    } -%}
    {%- set hints = {
        "os_version": [path("user_agent_data_platform_version")],
        "device_model": [path("user_agent_data_model")],
    } -%}
    -- fmt: on
    {%- set speaking = "Of a user agent of analytics.js " if browser else "Of the user agent " -%}
    {%- set origins = {} -%}
    {%- for name, rule in told.items() -%}
        {%- set agent = (
            hints.get(name, []) + ([path("user_agent")] if rule else [])
            if asked
            else []
        ) -%}
        {%- do origins.update(
            {
                name: [
                    seg2amp.origin(
                        first[name] + agent,
                        speaking ~ rule ~ "." if agent and rule else "",
                        settings
                        + (["agent_os_version"] if name == "os_version" else [])
                        + (["keep_empty_text"] if name in hints else []),
                    )
                ]
            }
        ) -%}
    {%- endfor -%}
    {{ return(origins) }}
{% endmacro %}
