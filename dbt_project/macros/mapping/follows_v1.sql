{#- Whether a message's user properties are built as version 1 of the Log Event action does it: identifies and orders always are. -#}
{% macro follows_v1() %}
    {%- if seg2amp.setting("log_event_version") == 1 -%} {{ return("true") }}{%- endif -%}
    {{ return("(call_type = 'identify' or " ~ seg2amp.is_order_completed() ~ ")") }}
{% endmacro %}
