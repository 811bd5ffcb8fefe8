{#-
    session_id of an event. With `session_id_unit` = auto a session id that is no moment between 2001 and a day after the message was
    received is left out rather than sent: it would tie the event to a session that nobody had.
    With `session_id_when_missing` = minus_one an event without one is outside any session.
-#}
{% macro event_session() -%}
    {%- set session -%}
        {%- if seg2amp.setting("session_id_unit") == "auto" -%}
            case when {{ seg2amp.is_session() }} then session_id end
        {%- else -%} session_id
        {%- endif -%}
    {%- endset -%}
    {%- if seg2amp.setting("session_id_when_missing") == "minus_one" -%} coalesce({{ session }}, -1)
    {%- else -%} {{ session }}
    {%- endif -%}
{%- endmacro %}
