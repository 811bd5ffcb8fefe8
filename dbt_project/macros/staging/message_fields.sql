{#-
    The fields the mapping reads from a Segment message: the one list that both doors are generated from.
      path     where the field stands in a raw JSON message
      columns  the warehouse columns that can hold it, the first one that exists wins
      prefix   instead of columns: all warehouse columns that begin so are the members of one object
      kind     what it is behind the doors. text; id and name: text, whose JSON type decides rules; number; time: epoch ms; session: epoch ms;
               flag: boolean; object and json: JSON text; order: the order's id as the object that its products take over
      also     a second place in raw JSON, asked where the first holds nothing
      by_setting  whether a setting decides what a warehouse table gives of it
      calls    the call types whose tables hold it (left out: all); a `price` in identifies is a trait
    Source: Segment's spec and its warehouse column names.
-#}
{% macro message_fields() %}
    {%- set known = seg2amp.memory() -%}
    {%- if "message_fields" in known -%} {{ return(known.message_fields) }}{%- endif -%}
    {%- set track = ["track"] -%}
    {%- set page = ["page", "screen"] -%}
    {%- set groups = seg2amp.setting("event_groups_option") or "groups" -%}
    {%- set groups_column = "amplitude_" ~ seg2amp.snake_case(groups) ~ "_" -%}
    -- fmt: off
    {%- set fields = [
        {"name": "user_id",                           "kind": "id",      "path": ["userId"],                                                "columns": ["user_id"]},
        {"name": "anonymous_id",                      "kind": "id",      "path": ["anonymousId"],                                           "columns": ["anonymous_id"]},
        {"name": "previous_id",                       "kind": "id",      "path": ["previousId"],                                            "columns": ["previous_id"], "calls": ["alias"]},
        {"name": "group_id",                          "kind": "id",      "path": ["groupId"],                                               "columns": ["group_id"], "calls": ["group"]},
        {"name": "event",                             "kind": "name",    "path": ["event"],                                                 "columns": ["event_text", "event"], "calls": track},
        {"name": "name",                              "kind": "name",    "path": ["name"],                                                  "columns": ["name"], "calls": page},
        {"name": "category",                          "kind": "name",    "path": ["category"],                                              "columns": ["category"], "calls": page},
        {"name": "timestamp",                         "kind": "time",    "path": ["timestamp"],                                             "columns": ["timestamp"]},
        {"name": "original_timestamp",                "kind": "time",    "path": ["originalTimestamp"],                                     "columns": ["original_timestamp"]},
        {"name": "sent_at",                           "kind": "time",    "path": ["sentAt"],                                                "columns": ["sent_at"]},
        {"name": "properties",                        "kind": "object",  "path": ["properties"],                                            "columns": [], "calls": track + page},
        {"name": "traits",                            "kind": "object",  "path": ["traits"],                                                "columns": [], "calls": ["identify", "group", "alias"]},
        {"name": "actions_session_id",                "kind": "session", "path": ["integrations", "Actions Amplitude", "session_id"],       "columns": ["context_actions_amplitude_session_id"]},
        {"name": "classic_session_id",                "kind": "session", "path": ["integrations", "Amplitude", "session_id"],               "columns": ["context_amplitude_session_id"]},
        {"name": "actions_groups",                    "kind": "object",  "path": ["integrations", "Actions Amplitude", groups],             "columns": [], "prefix": "context_actions_" ~ groups_column, "by_setting": true},
        {"name": "classic_groups",                    "kind": "object",  "path": ["integrations", "Amplitude", groups],                     "columns": [], "prefix": "context_" ~ groups_column, "by_setting": true},
        {"name": "actions_out_of_session",            "kind": "flag",    "path": ["integrations", "Actions Amplitude", "outOfSession"],     "columns": ["context_actions_amplitude_out_of_session"]},
        {"name": "classic_out_of_session",            "kind": "flag",    "path": ["integrations", "Amplitude", "outOfSession"],             "columns": ["context_amplitude_out_of_session"]},
        {"name": "unmap",                             "kind": "id",      "path": ["integrations", "Amplitude", "unmap"],                    "columns": ["context_amplitude_unmap"], "calls": ["alias"]},
        {"name": "integrations",                      "kind": "object",  "path": ["integrations"],                                          "columns": []},
        {"name": "consent",                           "kind": "object",  "path": ["context", "consent", "categoryPreferences"],             "columns": [], "prefix": "context_consent_category_preferences_"},
        {"name": "context_traits",                    "kind": "object",  "path": ["context", "traits"],                                     "columns": [], "prefix": "context_traits_"},
        {"name": "email",                             "kind": "text",    "path": ["traits", "email"],                                       "columns": ["email"], "calls": ["identify"]},
        {"name": "context",                           "kind": "object",  "path": ["context"],                                               "columns": [], "by_setting": true},
        {"name": "price",                             "kind": "number",  "path": ["properties", "price"],                                   "columns": ["price"], "calls": track},
        {"name": "quantity",                          "kind": "number",  "path": ["properties", "quantity"],                                "columns": ["quantity"], "calls": track},
        {"name": "revenue",                           "kind": "number",  "path": ["properties", "revenue"],                                 "columns": ["revenue"], "calls": track},
        {"name": "total",                             "kind": "number",  "path": ["properties", "total"],                                   "columns": ["total"], "calls": track},
        {"name": "product_id",                        "kind": "text",    "path": ["properties", "productId"],                               "also": ["properties", "product_id"], "columns": ["product_id"], "calls": track},
        {"name": "revenue_type",                      "kind": "text",    "path": ["properties", "revenueType"],                             "also": ["properties", "revenue_type"], "columns": ["revenue_type"], "calls": track},
        {"name": "order_id",                          "kind": "order",   "path": ["properties", "order_id"],                                "columns": ["order_id"], "calls": track},
        {"name": "products",                          "kind": "json",    "path": ["properties", "products"],                                "columns": ["products"], "calls": track},
        {"name": "context_device_id",                 "kind": "id",      "path": ["context", "device", "id"],                               "columns": ["context_device_id"]},
        {"name": "device_type",                       "kind": "text",    "path": ["context", "device", "type"],                             "columns": ["context_device_type"]},
        {"name": "device_brand",                      "kind": "text",    "path": ["context", "device", "brand"],                            "columns": ["context_device_brand"]},
        {"name": "device_manufacturer",               "kind": "text",    "path": ["context", "device", "manufacturer"],                     "columns": ["context_device_manufacturer"]},
        {"name": "device_model",                      "kind": "text",    "path": ["context", "device", "model"],                            "columns": ["context_device_model"]},
        {"name": "advertising_id",                    "kind": "text",    "path": ["context", "device", "advertisingId"],                    "also": ["context", "device", "idfa"], "columns": ["context_device_advertising_id", "context_device_idfa"]},
        {"name": "os_name",                           "kind": "text",    "path": ["context", "os", "name"],                                 "columns": ["context_os_name"]},
        {"name": "os_version",                        "kind": "text",    "path": ["context", "os", "version"],                              "columns": ["context_os_version"]},
        {"name": "app_version",                       "kind": "text",    "path": ["context", "app", "version"],                             "columns": ["context_app_version"]},
        {"name": "carrier",                           "kind": "text",    "path": ["context", "network", "carrier"],                         "columns": ["context_network_carrier"]},
        {"name": "country",                           "kind": "text",    "path": ["context", "location", "country"],                        "columns": ["context_location_country"]},
        {"name": "region",                            "kind": "text",    "path": ["context", "location", "region"],                         "columns": ["context_location_region"]},
        {"name": "city",                              "kind": "text",    "path": ["context", "location", "city"],                           "columns": ["context_location_city"]},
        {"name": "latitude",                          "kind": "number",  "path": ["context", "location", "latitude"],                       "columns": ["context_location_latitude"]},
        {"name": "longitude",                         "kind": "number",  "path": ["context", "location", "longitude"],                      "columns": ["context_location_longitude"]},
        {"name": "language",                          "kind": "text",    "path": ["context", "locale"],                                     "columns": ["context_locale"]},
        {"name": "ip",                                "kind": "text",    "path": ["context", "ip"],                                         "columns": ["context_ip"]},
        {"name": "user_agent",                        "kind": "text",    "path": ["context", "userAgent"],                                  "columns": ["context_user_agent"]},
        {"name": "user_agent_data_model",             "kind": "text",    "path": ["context", "userAgentData", "model"],                     "columns": ["context_user_agent_data_model"]},
        {"name": "user_agent_data_platform_version",  "kind": "text",    "path": ["context", "userAgentData", "platformVersion"],           "columns": ["context_user_agent_data_platform_version"]},
        {"name": "library_name",                      "kind": "text",    "path": ["context", "library", "name"],                            "columns": ["context_library_name"]},
        {"name": "referrer",                          "kind": "text",    "path": ["context", "page", "referrer"],                           "columns": ["context_page_referrer"]},
        {"name": "page_search",                       "kind": "text",    "path": ["context", "page", "search"],                             "columns": ["context_page_search"]},
        {"name": "page_url",                          "kind": "text",    "path": ["context", "page", "url"],                                "columns": ["context_page_url"]},
        {"name": "utm_source",                        "kind": "text",    "path": ["context", "campaign", "source"],                         "columns": ["context_campaign_source"]},
        {"name": "utm_medium",                        "kind": "text",    "path": ["context", "campaign", "medium"],                         "columns": ["context_campaign_medium"]},
        {"name": "utm_campaign",                      "kind": "text",    "path": ["context", "campaign", "name"],                           "columns": ["context_campaign_name"]},
        {"name": "utm_term",                          "kind": "text",    "path": ["context", "campaign", "term"],                           "columns": ["context_campaign_term"]},
        {"name": "utm_content",                       "kind": "text",    "path": ["context", "campaign", "content"],                        "columns": ["context_campaign_content"]},
    ] -%}
    -- fmt: on
    {%- do known.update({"message_fields": fields}) -%}
    {{ return(fields) }}
{% endmacro %}
