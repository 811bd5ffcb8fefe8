{#-
    The fields the mapping reads from a Segment message: the one list that both doors are generated from.
    Each becomes a column `<name>_json` that holds JSON text, because a value's JSON type decides rules.
      path     where the field stands in a raw JSON message
      columns  the warehouse columns that can hold it, the first one that exists wins
      calls    the call types whose tables hold it (left out: all); a `price` in identifies is a trait
    Source: Segment's spec and its warehouse column names.
-#}
{% macro message_fields() %}
    {%- set track = ["track"] -%}
    {%- set page = ["page", "screen"] -%}
    {%- set groups = seg2amp.setting("event_groups_option") or "groups" -%}
    -- fmt: off
    {%- set fields = [
        {"name": "user_id",               "path": ["userId"],                                          "columns": ["user_id"]},
        {"name": "anonymous_id",          "path": ["anonymousId"],                                     "columns": ["anonymous_id"]},
        {"name": "previous_id",           "path": ["previousId"],                                      "columns": ["previous_id"],                          "calls": ["alias"]},
        {"name": "group_id",              "path": ["groupId"],                                         "columns": ["group_id"],                             "calls": ["group"]},
        {"name": "event",                 "path": ["event"],                                           "columns": ["event_text", "event"],                  "calls": track},
        {"name": "name",                  "path": ["name"],                                            "columns": ["name"],                                 "calls": page},
        {"name": "category",              "path": ["category"],                                        "columns": ["category"],                             "calls": page},
        {"name": "timestamp",             "path": ["timestamp"],                                       "columns": ["timestamp"]},
        {"name": "properties",            "path": ["properties"],                                      "columns": [],                                       "calls": track + page},
        {"name": "traits",                "path": ["traits"],                                          "columns": [],                                       "calls": ["identify", "group", "alias"]},
        {"name": "actions_session_id",    "path": ["integrations", "Actions Amplitude", "session_id"], "columns": ["context_actions_amplitude_session_id"]},
        {"name": "classic_session_id",    "path": ["integrations", "Amplitude", "session_id"],         "columns": ["context_amplitude_session_id"]},
        {"name": "groups",                "path": ["integrations", "Actions Amplitude", groups],       "columns": []},
        {"name": "price",                 "path": ["properties", "price"],                             "columns": ["price"],                                "calls": track},
        {"name": "quantity",              "path": ["properties", "quantity"],                          "columns": ["quantity"],                             "calls": track},
        {"name": "revenue",               "path": ["properties", "revenue"],                           "columns": ["revenue"],                              "calls": track},
        {"name": "product_id_camel",      "path": ["properties", "productId"],                         "columns": [],                                       "calls": track},
        {"name": "product_id_snake",      "path": ["properties", "product_id"],                        "columns": ["product_id"],                           "calls": track},
        {"name": "revenue_type_camel",    "path": ["properties", "revenueType"],                       "columns": [],                                       "calls": track},
        {"name": "revenue_type_snake",    "path": ["properties", "revenue_type"],                      "columns": ["revenue_type"],                         "calls": track},
        {"name": "order_id",              "path": ["properties", "order_id"],                          "columns": ["order_id"],                             "calls": track},
        {"name": "products",              "path": ["properties", "products"],                          "columns": ["products"],                             "calls": track},
        {"name": "context_device_id",     "path": ["context", "device", "id"],                         "columns": ["context_device_id"]},
        {"name": "device_type",           "path": ["context", "device", "type"],                       "columns": ["context_device_type"]},
        {"name": "device_brand",          "path": ["context", "device", "brand"],                      "columns": ["context_device_brand"]},
        {"name": "device_manufacturer",   "path": ["context", "device", "manufacturer"],               "columns": ["context_device_manufacturer"]},
        {"name": "device_model",          "path": ["context", "device", "model"],                      "columns": ["context_device_model"]},
        {"name": "device_advertising_id", "path": ["context", "device", "advertisingId"],              "columns": ["context_device_advertising_id"]},
        {"name": "device_idfa",           "path": ["context", "device", "idfa"],                       "columns": ["context_device_idfa"]},
        {"name": "os_name",               "path": ["context", "os", "name"],                           "columns": ["context_os_name"]},
        {"name": "os_version",            "path": ["context", "os", "version"],                        "columns": ["context_os_version"]},
        {"name": "app_version",           "path": ["context", "app", "version"],                       "columns": ["context_app_version"]},
        {"name": "carrier",               "path": ["context", "network", "carrier"],                   "columns": ["context_network_carrier"]},
        {"name": "country",               "path": ["context", "location", "country"],                  "columns": ["context_location_country"]},
        {"name": "region",                "path": ["context", "location", "region"],                   "columns": ["context_location_region"]},
        {"name": "city",                  "path": ["context", "location", "city"],                     "columns": ["context_location_city"]},
        {"name": "latitude",              "path": ["context", "location", "latitude"],                 "columns": ["context_location_latitude"]},
        {"name": "longitude",             "path": ["context", "location", "longitude"],                "columns": ["context_location_longitude"]},
        {"name": "language",              "path": ["context", "locale"],                               "columns": ["context_locale"]},
        {"name": "ip",                    "path": ["context", "ip"],                                   "columns": ["context_ip"]},
        {"name": "user_agent",            "path": ["context", "userAgent"],                            "columns": ["context_user_agent"]},
        {"name": "user_agent_data_model", "path": ["context", "userAgentData", "model"],               "columns": ["context_user_agent_data_model"]},
        {"name": "user_agent_data_platform_version", "path": ["context", "userAgentData", "platformVersion"], "columns": ["context_user_agent_data_platform_version"]},
        {"name": "library_name",          "path": ["context", "library", "name"],                      "columns": ["context_library_name"]},
        {"name": "referrer",              "path": ["context", "page", "referrer"],                     "columns": ["context_page_referrer"]},
        {"name": "utm_source",            "path": ["context", "campaign", "source"],                   "columns": ["context_campaign_source"]},
        {"name": "utm_medium",            "path": ["context", "campaign", "medium"],                   "columns": ["context_campaign_medium"]},
        {"name": "utm_campaign",          "path": ["context", "campaign", "name"],                     "columns": ["context_campaign_name"]},
        {"name": "utm_term",              "path": ["context", "campaign", "term"],                     "columns": ["context_campaign_term"]},
        {"name": "utm_content",           "path": ["context", "campaign", "content"],                  "columns": ["context_campaign_content"]},
    ] -%}
    -- fmt: on
    {{ return(fields) }}
{% endmacro %}
