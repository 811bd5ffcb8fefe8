{#-
    Whether user agents are read. The parsed agents can outlast a setting, since only DuckDB makes their table anew, so whoever joins
    them asks this too. Source: User Agent Parsing and Include Raw User Agent, Amplitude (Actions).
-#}
{% macro reads_user_agents() %}
    {{
        return(
            seg2amp.setting("user_agent_parsing")
            and not seg2amp.setting("include_raw_user_agent")
        )
    }}
{% endmacro %}
