{#- What a row says in one of `device_fields`: what the message's context says, else what its user agent tells. -#}
{% macro device_value(name) -%}
    {%- set version = seg2amp.setting("version_name") -%}
    {%- if name == "device_type" -%} agent_device_type
    {%- elif name in ("os_name", "os_version", "device_manufacturer", "device_model") -%}
        coalesce({{ name }}, agent_{{ name }})
    {%- elif name == "language" -%} locale_language
    {%- elif name == "country" -%} coalesce(country, locale_country)
    {%- elif name == "app_version" and version -%}
        coalesce(app_version, {{ seg2amp.quoted(version) }})
    {%- else -%} {{ name }}
    {%- endif -%}
{%- endmacro %}
