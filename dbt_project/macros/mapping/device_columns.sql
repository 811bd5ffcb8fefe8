{#-
    The Amplitude columns about app, device and place, which events and identifies share.
    only_call: the call type they are filled for; a group call's membership row says nothing of the device.
-#}
{% macro device_columns(only_call=none) %}
    {%- set names = [
        "app_version",
        "platform",
        "os_name",
        "os_version",
        "device_brand",
        "device_manufacturer",
        "device_model",
        "carrier",
        "country",
        "region",
        "city",
        "language",
    ] -%}
    {%- for name in names %}
        {{
            (
                "case when call_type = '" ~ only_call ~ "' then " ~ name ~ " end as " ~ name
                if only_call
                else name
            )
        }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
