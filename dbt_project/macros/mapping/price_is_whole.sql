{#-
    Whether price and quantity go along with an event's revenue. Amplitude computes price times quantity wherever it sees a price
    and forgets the revenue sent, so with `price_times_quantity_first` off they go along only where the two agree.
-#}
{% macro price_is_whole(revenue) -%}
    {%- if seg2amp.setting("price_times_quantity_first") -%} ({{ revenue }} is not null)
    {%- else -%} coalesce(abs(event_price * whole_quantity - {{ revenue }}) < 0.005, false)
    {%- endif -%}
{%- endmacro %}
