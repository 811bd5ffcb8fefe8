{#- Whether user agents tell of system and device: `user_agent_parsing`, unless `include_raw_user_agent` leaves the reading to Amplitude. -#}
{% macro agents_describe() %}
    {{
        return(
            seg2amp.setting("user_agent_parsing")
            and not seg2amp.setting("include_raw_user_agent")
        )
    }}
{% endmacro %}
