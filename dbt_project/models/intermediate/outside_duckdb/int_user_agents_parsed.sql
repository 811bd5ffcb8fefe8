{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        full_refresh=false,
        on_schema_change="fail",
    )
}}
-- depends_on: {{ ref("int_user_agents_seen") }}
{{
    seg2amp.empty_table(
        {
            "user_agent": "text",
            "os_name": "text",
            "os_version": "text",
            "browser_name": "text",
            "browser_version": "text",
            "device_manufacturer": "text",
            "device_model": "text",
            "device_type": "text",
            "is_bot": "boolean",
        }
    )
}}
