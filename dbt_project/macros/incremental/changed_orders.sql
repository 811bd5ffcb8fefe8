{#- Condition: of the `changed_events` the orders, whose products become rows. -#}
{% macro changed_orders() -%} is_order and {{ seg2amp.changed_events() }} {%- endmacro %}
