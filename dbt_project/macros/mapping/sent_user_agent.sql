{#- user_agent of a row: the agent itself with `include_raw_user_agent`, for Amplitude to parse; else none. -#}
{% macro sent_user_agent() -%}
    {%- if seg2amp.setting("include_raw_user_agent") -%} user_agent
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
