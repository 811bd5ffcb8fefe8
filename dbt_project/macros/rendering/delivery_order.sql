{#-
    The order in which rows of one load are delivered: by endpoint, those of the identify form first, then by lane. In a lane by time, and of
    rows of one moment the identify before the events it should colour.
-#}
{% macro delivery_order() -%}
    case when endpoint = 'identify' then 0 else 1 end,
    endpoint,
    lane,
    event_time,
    kind_order,
    message_key,
    row_index,
    insert_id
{%- endmacro %}
