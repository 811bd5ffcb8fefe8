{#- The longest pause that a session survives, in milliseconds, for the message at hand. Source: Amplitude's definition of a session. -#}
{% macro session_gap_ms() -%}
    case
        when {{ seg2amp.is_mobile() }}
        then {{ seg2amp.setting("session_gap_minutes_mobile") * 60000 }}
        else {{ seg2amp.setting("session_gap_minutes") * 60000 }}
    end
{%- endmacro %}
