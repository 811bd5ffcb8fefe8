{#-
    The Amplitude columns of `device_fields`: what the message's context says, else what its user agent tells.
    parsed: whether the user agent is asked; only_call: the call type they are filled for, since a group call's membership
    row says nothing of the device.
-#}
{% macro device_columns(parsed=true, only_call=none) -%}
    {%- for name in seg2amp.device_fields() %}
        {%- set value = seg2amp._device_value(name, parsed) %}
        {{
            (
                "case when call_type = '" ~ only_call ~ "' then " ~ value ~ " end"
                if only_call
                else value
            )
        }} as {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro _device_value(name, parsed) -%}
    {%- set told = ["os_name", "os_version", "device_manufacturer", "device_model"] -%}
    {%- if name == "device_type" -%} {{ "agent_device_type" if parsed else "cast(null as text)" }}
    {%- elif name in told and parsed -%} coalesce({{ name }}, agent_{{ name }})
    {%- elif name == "language" -%} locale_language
    {%- elif name == "country" -%} coalesce(country, locale_country)
    {%- elif name == "app_version" and seg2amp.setting("version_name") -%}
        coalesce(app_version, {{ seg2amp.quoted(seg2amp.setting("version_name")) }})
    {%- else -%} {{ name }}
    {%- endif -%}
{%- endmacro %}
