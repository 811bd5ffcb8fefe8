{#-
    How each field of a message is read: the kind it must have and the call types it matters to.
    kind: text · number · integer · time · session · object. A value of another kind is a reason to reject the message
    where `strict_types` is on (or the field is required), else it is left out.
    keep_empty: empty text stays empty text instead of NULL. A field without calls rejects nothing (anonymous_id is read for the audit, and
    device_id speaks for it in the rows).
    Source: the field table of Amplitude (Actions).
-#}
{% macro typed_fields() %}
    {%- set event = ["track", "page", "screen"] -%}
    {%- set device = event + ["identify"] -%}
    {%- set person = device + ["group"] -%}
    {%- set keeps = seg2amp.setting("keep_empty_text") -%}
    {%- set totals = seg2amp.setting("revenue_falls_back_to_total") != "none" -%}
    -- fmt: off
    {%- set fields = [
        {"name": "user_id",             "kind": "text",    "calls": person + ["alias"], "required": true, "several_types": true},
        {"name": "device_id",           "kind": "text",    "calls": person,             "required": true},
        {"name": "anonymous_id",        "kind": "text",    "calls": []},
        {"name": "previous_id",         "kind": "text",    "calls": ["alias"],          "required": true},
        {"name": "unmap",               "kind": "text",    "calls": ["alias"],          "required": true},
        {"name": "group_id",            "kind": "text",    "calls": ["group"],          "required": true},
        {"name": "event",               "kind": "text",    "calls": ["track"],          "required": true},
        {"name": "properties",          "kind": "object",  "calls": event},
        {"name": "traits",              "kind": "object",  "calls": person},
        {"name": "groups",              "kind": "object",  "calls": device},
        {"name": "time",                "kind": "time",    "calls": event,              "required": true, "several_types": true},
        {"name": "session_id",          "kind": "session", "calls": event, "several_types": true},
        {"name": "price",               "kind": "number",  "calls": event},
        {"name": "quantity",            "kind": "integer", "calls": event},
        {"name": "revenue",             "kind": "number",  "calls": event},
        {"name": "total",               "kind": "number",  "calls": event if totals else []},
        {"name": "product_id",          "kind": "text",    "calls": event},
        {"name": "revenue_type",        "kind": "text",    "calls": event},
        {"name": "latitude",            "kind": "number",  "calls": event},
        {"name": "longitude",           "kind": "number",  "calls": event},
        {"name": "ip",                  "kind": "text",    "calls": event},
        {"name": "advertising_id",      "kind": "text",    "calls": event},
        {"name": "context_device_id",   "kind": "text",    "calls": event},
        {"name": "device_type",         "kind": "text",    "calls": device},
        {"name": "device_brand",        "kind": "text",    "calls": device},
        {"name": "device_manufacturer", "kind": "text",    "calls": device},
        {"name": "device_model",        "kind": "text",    "calls": device},
        {"name": "os_name",             "kind": "text",    "calls": device},
        {"name": "os_version",          "kind": "text",    "calls": device},
        {"name": "app_version",         "kind": "text",    "calls": device},
        {"name": "carrier",             "kind": "text",    "calls": device},
        {"name": "country",             "kind": "text",    "calls": device},
        {"name": "region",              "kind": "text",    "calls": device},
        {"name": "city",                "kind": "text",    "calls": device},
        {"name": "dma",                 "kind": "text",    "calls": device},
        {"name": "language",            "kind": "text",    "calls": device},
        {"name": "android_id",          "kind": "text",    "calls": event},
        {"name": "event_id",            "kind": "integer", "calls": event},
        {"name": "paying",              "kind": "text",    "calls": ["identify"]},
        {"name": "start_version",       "kind": "text",    "calls": ["identify"]},
        {"name": "user_agent",          "kind": "text",    "calls": device},
        {"name": "user_agent_data_model",        "kind": "text",    "calls": device,             "keep_empty": keeps},
        {"name": "user_agent_data_platform_version",        "kind": "text",    "calls": device,             "keep_empty": keeps},
        {"name": "library_name",        "kind": "text",    "calls": device,             "keep_empty": true},
        {"name": "referrer",            "kind": "text",    "calls": device,             "keep_empty": true},
        {"name": "utm_source",          "kind": "text",    "calls": device,             "keep_empty": true},
        {"name": "utm_medium",          "kind": "text",    "calls": device,             "keep_empty": true},
        {"name": "utm_campaign",        "kind": "text",    "calls": device,             "keep_empty": true},
        {"name": "utm_term",            "kind": "text",    "calls": device,             "keep_empty": true},
        {"name": "utm_content",         "kind": "text",    "calls": device,             "keep_empty": true},
        {"name": "page_search",         "kind": "text",    "calls": []},
        {"name": "page_url",            "kind": "text",    "calls": []},
        {"name": "group_type",          "kind": "text",    "calls": ["group"],          "required": true},
        {"name": "group_value",         "kind": "text",    "calls": ["group"],          "required": true},
    ] -%}
    -- fmt: on
    {{ return(fields) }}
{% endmacro %}
