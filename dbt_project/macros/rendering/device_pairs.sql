{#- The JSON pairs about app, device and place, which events and identifies share. -#}
{% macro device_pairs() %}
    {%- set pairs = {} -%}
    {%- for name in [
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
        {%- do pairs.update({name: seg2amp.json_string(name)}) -%}
    {%- endfor -%}
    {{ return(pairs) }}
{% endmacro %}
