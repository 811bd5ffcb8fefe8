{#-
    One of a device's own readings of its clock, epoch ms, UTC, from JSON. Most messages have a timestamp that makes it needless, and so it
    is read only where a source in `time_sources` will ask for it.
-#}
{% macro device_time(json) -%}
    {%- if seg2amp.setting("time_source") == "original_timestamp" -%}
        {{ seg2amp.coerce_time(json) }}
    {%- elif seg2amp.setting("missing_time_is_corrected") -%}
        case when coalesce(timestamp_ms, 0) = 0 then {{ seg2amp.coerce_time(json) }} end
    {%- else -%} cast(null as bigint)
    {%- endif -%}
{%- endmacro %}
