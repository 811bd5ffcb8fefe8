{#-
    Fields that are found in more than one place of a message, still as JSON: {column: SQL}. A column that the message has already takes
    the place of the message's.
-#}
{% macro derived_json() %}
    {%- set lenient = not seg2amp.setting("strict_types") -%}
    -- fmt: off
    {%- set columns = {
        "time_json":           "timestamp_json",
        "device_id_json":      seg2amp.device_id_json(),
        "session_id_json":     seg2amp.session_id_json(),
        "traits_json":         seg2amp.sent_traits_json(),
        "groups_json":         seg2amp.groups_json(),
        "group_type_json":     seg2amp.group_type_json(),
        "group_value_json":    seg2amp.group_value_json(),
        "product_id_json":     "coalesce(product_id_camel_json, product_id_snake_json)" if lenient else "product_id_camel_json",
        "revenue_type_json":   "coalesce(revenue_type_camel_json, revenue_type_snake_json)" if lenient else "revenue_type_camel_json",
        "advertising_id_json": "case when coalesce(device_advertising_id_json, 'null') = 'null' then device_idfa_json else device_advertising_id_json end",
        "country_json":        seg2amp.place_json("country"),
        "region_json":         seg2amp.place_json("region"),
        "city_json":           seg2amp.place_json("city"),
    } -%}
    -- fmt: on
    {%- for name in ["dma", "android_id", "event_id", "paying", "start_version"] -%}
        {%- set path = seg2amp.setting("mapped_fields").get(name) -%}
        {%- do columns.update(
            {
                name
                ~ "_json": (
                    seg2amp.path_json(path, typed=false)
                    if path
                    else "cast(null as text)"
                )
            }
        ) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}
