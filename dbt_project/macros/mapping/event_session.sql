{#- session_id of an event: the message's own, else with `derive_sessions` the one that its device's activity tells. -#}
{% macro event_session() -%}
    {%- if seg2amp.setting("derive_sessions") -%}
        coalesce({{ seg2amp.given_session() }}, derived_session_id)
    {%- else -%} {{ seg2amp.given_session() }}
    {%- endif -%}
{%- endmacro %}
