{#-
    The Amplitude columns of `device_fields`: what the message's context says, else what its user agent tells.
    parsed: whether the user agent is asked; only_call: the call type they are filled for, since a group call's membership
    row says nothing of the device.
-#}
{% macro device_columns(parsed=true, only_call=none) -%}
    {%- set told = ["os_name", "os_version", "device_manufacturer", "device_model"] -%}
    {%- for name in seg2amp.device_fields() %}
        {%- if name == "device_type" -%}
            {%- set value = "agent_device_type" if parsed else "cast(null as text)" -%}
        {%- elif name in told and parsed -%}
            {%- set value = "coalesce(" ~ name ~ ", agent_" ~ name ~ ")" -%}
        {%- else -%} {%- set value = name -%}
        {%- endif %}
        {{
            (
                "case when call_type = '" ~ only_call ~ "' then " ~ value ~ " end"
                if only_call
                else value
            )
        }} as {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
