{#- The columns that Segment gives all tables, ids and moments: no property or trait. Source: Segment's warehouse schema. -#}
{% macro common_columns() %}
    -- fmt: off
    {{ return([
        "id", "user_id", "anonymous_id", "group_id", "previous_id", "event", "event_text", "timestamp", "received_at", "sent_at",
        "original_timestamp", "uuid_ts", "uuid", "loaded_at",
    ]) }}
    -- fmt: on
{% endmacro %}
