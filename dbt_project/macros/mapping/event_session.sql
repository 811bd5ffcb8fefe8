{#-
    session_id of an event: the message's own, else with `derive_sessions` the one that its device's activity tells. With
    `session_id_when_missing` = minus_one an event without one is outside any session.
-#}
{% macro event_session() -%}
    {%- set sessions = [seg2amp.given_session()] -%}
    {%- if seg2amp.setting("derive_sessions") -%}
        {%- do sessions.append("derived_session_id") -%}
    {%- endif -%}
    {%- if seg2amp.setting("session_id_when_missing") == "minus_one" -%}
        {%- do sessions.append("-1") -%}
    {%- endif -%}
    {{ "coalesce(" ~ sessions | join(", ") ~ ")" if sessions | length > 1 else sessions[0] }}
{%- endmacro %}
