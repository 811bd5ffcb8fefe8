{#- Whether session_id is -1 (outside any session) or a moment between 2001 and a day after the message was received. -#}
{% macro is_session() -%}
    (
        session_id = -1
        or session_id
        between 978307200000 and coalesce({{ seg2amp.epoch_ms("received_at") }}, 4102444800000)
        + 86400000
    )
{%- endmacro %}
