{#-
    time of a row, epoch milliseconds, UTC: the message's time, else with `missing_time_is_received_at` when Segment received it.
    Without a time Amplitude takes the moment of the upload. A time of 0 is none. Source: Amplitude (Actions).
-#}
{% macro event_time() -%}
    {%- if seg2amp.setting("missing_time_is_received_at") -%}
        coalesce(nullif(time, 0), {{ seg2amp.epoch_ms("received_at") }})
    {%- else -%} nullif(time, 0)
    {%- endif -%}
{%- endmacro %}
