{#-
    Whether user agents are read at all: where they describe devices, or `drop_bots` looks for robots. The parsed agents can outlast a
    setting, since only DuckDB makes their table anew, so whoever joins them asks for what it needs.
-#}
{% macro reads_user_agents() %}
    {{ return(seg2amp.agents_describe() or seg2amp.setting("drop_bots")) }}
{% endmacro %}
