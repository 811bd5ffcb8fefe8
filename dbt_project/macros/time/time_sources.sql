{#-
    Where a message's time may come from, in the order that they are asked: columns of int_messages_routed, epoch ms, UTC. A source that is missing,
    0 or unreadable passes on to the next; one that can be read is taken, and if it is impossible the row is rejected with that reason, since
    any other time would be a guess.
      timestamp_told  what Segment sends along, corrected by itself
      corrected_ms    receivedAt − (sentAt − originalTimestamp): how long the message lay on the device, told by the device's own
                      clock however wrong it is, counted back from Segment's clock
      original_told   the device's clock, where the correction lacks one of its three
      received_at_ms  when Segment received it
    Settings `time_source`, `missing_time_is_corrected` and `missing_time_is_received_at`. Source: Segment's spec of timestamps. In warehouses
    sent_at is Segment's own reading of that moment already; there the correction gives about original_timestamp.
-#}
{% macro time_sources() %}
    {%- set columns = {} -%}
    {%- for column, name in seg2amp.time_source_names().items() -%}
        {%- do columns.update({name: column}) -%}
    {%- endfor -%}
    {%- set names = [seg2amp.setting("time_source"), "timestamp"] -%}
    {%- if seg2amp.setting("missing_time_is_corrected") -%}
        {%- do names.extend(["corrected", "original_timestamp"]) -%}
    {%- endif -%}
    {%- if seg2amp.setting("missing_time_is_received_at") -%}
        {%- do names.append("received_at") -%}
    {%- endif -%}
    {%- set ordered = [] -%}
    {%- for name in names if columns[name] not in ordered -%}
        {%- do ordered.append(columns[name]) -%}
    {%- endfor -%}
    {{ return(ordered) }}
{% endmacro %}

{#- What the sources of a time are called in `time_from`, {column: name}. -#}
{% macro time_source_names() %}
    -- fmt: off
    {{ return({"timestamp_told": "timestamp", "corrected_ms": "corrected", "original_told": "original_timestamp", "received_at_ms": "received_at"}) }}
    -- fmt: on
{% endmacro %}
