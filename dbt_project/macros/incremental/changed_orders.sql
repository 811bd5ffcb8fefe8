{#-
    Condition: of the `changed_events` the orders, whose products become rows. A model reads them apart from the events: all events, read twice,
    would have to be stored in between.
-#}
{% macro changed_orders() -%} is_order and {{ seg2amp.changed_events() }} {%- endmacro %}
