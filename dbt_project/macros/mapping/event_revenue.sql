{#-
    The revenue that an event itself carries, NULL for nothing or 0.
    Orders carry it unless their products do (`track_revenue_per_product`); other track calls only with `revenue_on_track`, and not those
    that `events_without_revenue` lists.
    With `price_times_quantity_first` an order's price and quantity outweigh its revenue, as in Amplitude (Actions).
-#}
{% macro event_revenue() -%}
    {%- set revenue = seg2amp._revenue_or_total() -%}
    {%- set product = (
        "case when price is not null and quantity is not null then price * quantity end"
    ) -%}
    {%- set paid_products = (
        "products" if seg2amp.setting("strict_types") else "products_with_revenue"
    ) -%}
    nullif(
        case
            {%- if seg2amp.setting("track_revenue_per_product") %}
                when is_order and {{ paid_products }} > 0 then null
            {%- endif %}
            when is_order
            {%- if seg2amp.setting("price_times_quantity_first") %}
                then coalesce({{ product }}, {{ revenue }})
            {%- else %} then coalesce({{ revenue }}, {{ product }})
            {%- endif %}
            {%- if seg2amp.setting("revenue_on_track") %}
                when
                    call_type = 'track'
                    and not {{ seg2amp.event_is_listed("events_without_revenue") }}
                then {{ revenue }}
            {%- endif %}
        end,
        0
    )
{%- endmacro %}

{#- The revenue, or where `revenue_falls_back_to_total` covers the call its total. -#}
{% macro _revenue_or_total() -%}
    {%- set covered = {"none": "", "orders": "is_order", "any": "call_type = 'track'"}[
        seg2amp.setting("revenue_falls_back_to_total")
    ] -%}
    {%- if covered -%} coalesce(nullif(revenue, 0), case when {{ covered }} then total end)
    {%- else -%} nullif(revenue, 0)
    {%- endif -%}
{%- endmacro %}
