{#- What one product earned: price times quantity where it has both, else its own revenue; NULL for nothing or 0. -#}
{% macro product_revenue() -%}
    nullif(
        case when price is not null and quantity is not null then price * quantity else revenue end,
        0
    )
{%- endmacro %}
