{#- The names of the Amplitude fields about app, device and place, which events and identifies share. -#}
{% macro device_fields() %}
    -- fmt: off
    {{ return([
        "app_version", "platform", "os_name", "os_version",
        "device_brand", "device_manufacturer", "device_model", "device_type", "carrier",
        "country", "region", "city", "dma", "language",
    ]) }}
    -- fmt: on
{% endmacro %}
