{#-
    Whether a message's user properties are built as version 1 of the Log Event action builds them: identifies and orders always
    are. Source: Amplitude (Actions).
-#}
{% macro follows_v1() -%}
    {%- if seg2amp.setting("log_event_version") == 1 -%} true
    {%- else -%} (call_type = 'identify' or {{ seg2amp.is_order_completed() }})
    {%- endif -%}
{%- endmacro %}
