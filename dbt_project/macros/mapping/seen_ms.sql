{#- When a message was seen, epoch milliseconds, UTC: its time where that is credible, else when Segment received it. -#}
{% macro seen_ms() -%}
    case
        when {{ seg2amp.time_violation() }} is null
        then coalesce(time, {{ seg2amp.epoch_ms("received_at") }})
        else {{ seg2amp.epoch_ms("received_at") }}
    end
{%- endmacro %}
