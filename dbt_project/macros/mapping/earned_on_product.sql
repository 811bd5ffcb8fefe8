{#- The revenue that a product's own event carries: with `track_revenue_per_product` what the product earned, else none. -#}
{% macro earned_on_product() -%}
    {%- if seg2amp.setting("track_revenue_per_product") -%} product_revenue
    {%- else -%} cast(null as {{ seg2amp.type_name("double") }})
    {%- endif -%}
{%- endmacro %}
