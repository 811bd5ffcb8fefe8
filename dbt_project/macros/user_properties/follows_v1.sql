{#-
    Whether a message's user properties are built as version 1 of the Log Event action builds them: identifies and orders always
    are. Source: Amplitude (Actions).
-#}
{% macro follows_v1() -%}
    {{
        (
            "true"
            if seg2amp.setting("log_event_version") == 1
            else "(call_type = 'identify' or is_order)"
        )
    }}
{%- endmacro %}
