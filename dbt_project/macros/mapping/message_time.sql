{#-
    When a message happened, epoch ms, UTC, by the first of its `time_sources` that tells; NULL where only received_at could, which stands
    in for a time that is missing (`event_time`) but not for one that cannot be read. A timestamp of 0 that nothing stands in for stays 0:
    it could be read.
-#}
{% macro message_time() -%}
    {%- set first = seg2amp.setting("time_source") -%}
    coalesce(
        {%- for name, ms in seg2amp.time_sources().items() if name == first or name != "received_at" %}
            {{ ms }},
        {%- endfor %} timestamp_ms
    )
{%- endmacro %}
