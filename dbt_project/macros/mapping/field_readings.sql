{#-
    How the fields of a message are read from their JSON, as `read_alike` takes it: `timestamp_ms` is what a message says of its time, and
    `original_ms` and `sent_ms` are the device's own readings of its clock, where a source in `time_sources` may ask for them.
-#}
{% macro field_readings() %}
    {%- set readings = {} -%}
    {%- for field in seg2amp.typed_fields() -%}
        {%- set columns = readings.setdefault(seg2amp.coerce(field, "each_value"), {}) -%}
        {%- set is_time = field.kind == "time" -%}
        {%- do columns.update({"timestamp_ms" if is_time else field.name: field.name ~ "_json"}) -%}
        {%- if is_time and (
            seg2amp.setting("missing_time_is_corrected")
            or seg2amp.setting("time_source") == "original_timestamp"
        ) -%}
            {%- do columns.update({"original_ms": "original_timestamp_json"}) -%}
            {%- do columns.update({"sent_ms": "sent_at_json"}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(readings) }}
{% endmacro %}
