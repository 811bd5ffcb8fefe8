{#-
    Where a message's time may come from, in the order that they are asked: {name: SQL of epoch ms, UTC}. A source that is missing, 0 or
    unreadable passes on to the next; one that can be read is taken, and if it is impossible the row is rejected with that reason, since
    any other time would be a guess.
      timestamp           what Segment sends along, corrected by itself
      corrected           receivedAt − (sentAt − originalTimestamp): how long the message lay on the device, told by the device's own
                          clock however wrong it is, counted back from Segment's clock
      original_timestamp  the device's clock, where the correction lacks one of its three
      received_at         when Segment received it
    Settings `time_source`, `missing_time_is_corrected` and `missing_time_is_received_at`. Source: Segment's spec of timestamps. In warehouses
    sent_at is Segment's own reading of that moment already; there the correction gives about original_timestamp.
-#}
{% macro time_sources() %}
    {%- set received = seg2amp.epoch_ms("received_at") -%}
    {%- set sources = {
        "timestamp": "nullif(timestamp_ms, 0)",
        "corrected": received ~ " - (nullif(sent_ms, 0) - nullif(original_ms, 0))",
        "original_timestamp": "nullif(original_ms, 0)",
        "received_at": received,
    } -%}
    {%- set names = [seg2amp.setting("time_source"), "timestamp"] -%}
    {%- if seg2amp.setting("missing_time_is_corrected") -%}
        {%- do names.extend(["corrected", "original_timestamp"]) -%}
    {%- endif -%}
    {%- if seg2amp.setting("missing_time_is_received_at") -%}
        {%- do names.append("received_at") -%}
    {%- endif -%}
    {%- set ordered = {} -%}
    {%- for name in names if name not in ordered -%}
        {%- do ordered.update({name: sources[name]}) -%}
    {%- endfor -%}
    {{ return(ordered) }}
{% endmacro %}
