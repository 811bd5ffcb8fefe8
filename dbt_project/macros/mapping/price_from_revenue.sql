{#-
    Whether an event's revenue is its own price, with a quantity of 1: with the setting `price_from_revenue`, where it has no price.
    Source: Amplitude (Classic).
-#}
{% macro price_from_revenue() -%}
    {%- if seg2amp.setting("price_from_revenue") -%}
        (event_revenue is not null and nullif(price, 0) is null)
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}
