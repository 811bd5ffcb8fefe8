{#-
    The session id that a message itself gives. With `session_id_unit` = auto a session id that is no moment between 2001 and a day after
    the message was received is left out rather than sent: it would tie the event to a session that nobody had.
-#}
{% macro given_session() -%}
    {%- if seg2amp.setting("session_id_unit") == "auto" -%}
        case when {{ seg2amp.is_session() }} then session_id end
    {%- else -%} session_id
    {%- endif -%}
{%- endmacro %}
