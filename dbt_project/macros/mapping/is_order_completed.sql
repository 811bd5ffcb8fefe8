{#-
    Whether a track call is a completed order. `order_completed_match` = exact: the event's name is `Order Completed`;
    legacy: also `order_completed`, `Completed Order` and their like, in any case. Version 1 of Log Event knows no orders.
    Source: both destinations.
-#}
{% macro is_order_completed() -%}
    {%- set name = "^[ _]?completed[ _]?order[ _]?|^[ _]?order[ _]?completed[ _]?$" -%}
    {%- if seg2amp.setting("log_event_version") == 1 -%} false
    {%- elif seg2amp.setting("order_completed_match") == "exact" -%}
        (call_type = 'track' and event = 'Order Completed')
    {%- else -%} (call_type = 'track' and {{ seg2amp.regex_matches("lower(event)", name) }})
    {%- endif -%}
{%- endmacro %}
