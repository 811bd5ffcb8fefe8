{#-
    The fields the mapping reads from a Segment message: the one list that both doors are generated from.
    Each becomes a column `<name>_json` that holds JSON text, because a value's JSON type decides rules.
      path     where the field stands in a raw JSON message
      columns  the warehouse columns that can hold it, the first one that exists wins
      prefix   instead of columns: all warehouse columns that begin so are the members of one object
      is_time  it tells a moment, as a timestamp, a date, a number or text
      arrays   whether the column may hold an array, as JSON text
      by_setting  whether a setting decides what it holds
      calls    the call types whose tables hold it (left out: all); a `price` in identifies is a trait
    Source: Segment's spec and its warehouse column names.
-#}
{% macro message_fields() %}
    {%- set known = seg2amp.memory() -%}
    {%- if "message_fields" not in known -%}
        {%- do known.update({"message_fields": seg2amp._message_fields()}) -%}
    {%- endif -%}
    {{ return(known.message_fields) }}
{% endmacro %}

{% macro _message_fields() %}
    {%- set track = ["track"] -%}
    {%- set page = ["page", "screen"] -%}
    {%- set groups = seg2amp.setting("event_groups_option") or "groups" -%}
    {%- set groups_column = "amplitude_" ~ seg2amp.snake_case(groups) ~ "_" -%}
    -- fmt: off
    {%- set fields = [
        {"name": "user_id",               "path": ["userId"],                                          "columns": ["user_id"]},
        {"name": "anonymous_id",          "path": ["anonymousId"],                                     "columns": ["anonymous_id"]},
        {"name": "previous_id",           "path": ["previousId"],                                      "columns": ["previous_id"],                          "calls": ["alias"]},
        {"name": "group_id",              "path": ["groupId"],                                         "columns": ["group_id"],                             "calls": ["group"]},
        {"name": "event",                 "path": ["event"],                                           "columns": ["event_text", "event"],                  "calls": track},
        {"name": "name",                  "path": ["name"],                                            "columns": ["name"],                                 "calls": page},
        {"name": "category",              "path": ["category"],                                        "columns": ["category"],                             "calls": page},
        {"name": "timestamp",             "path": ["timestamp"],                                       "columns": ["timestamp"],                            "is_time": true},
        {"name": "original_timestamp",    "path": ["originalTimestamp"],                               "columns": ["original_timestamp"],                   "is_time": true},
        {"name": "sent_at",               "path": ["sentAt"],                                          "columns": ["sent_at"],                              "is_time": true},
        {"name": "properties",            "path": ["properties"],                                      "columns": [],                                       "calls": track + page},
        {"name": "traits",                "path": ["traits"],                                          "columns": [],                                       "calls": ["identify", "group", "alias"]},
        {"name": "actions_session_id",    "path": ["integrations", "Actions Amplitude", "session_id"], "columns": ["context_actions_amplitude_session_id"]},
        {"name": "classic_session_id",    "path": ["integrations", "Amplitude", "session_id"],         "columns": ["context_amplitude_session_id"]},
        {"name": "actions_groups",        "path": ["integrations", "Actions Amplitude", groups],           "columns": [], "prefix": "context_actions_" ~ groups_column, "by_setting": true},
        {"name": "classic_groups",        "path": ["integrations", "Amplitude", groups],                   "columns": [], "prefix": "context_" ~ groups_column, "by_setting": true},
        {"name": "actions_out_of_session", "path": ["integrations", "Actions Amplitude", "outOfSession"],   "columns": ["context_actions_amplitude_out_of_session"]},
        {"name": "classic_out_of_session", "path": ["integrations", "Amplitude", "outOfSession"],           "columns": ["context_amplitude_out_of_session"]},
        {"name": "classic_event_id",      "path": ["integrations", "Amplitude", "event_id"],               "columns": ["context_amplitude_event_id"]},
        {"name": "classic_paying",        "path": ["integrations", "Amplitude", "paying"],                 "columns": ["context_amplitude_paying"]},
        {"name": "classic_start_version", "path": ["integrations", "Amplitude", "start_version"],          "columns": ["context_amplitude_start_version"]},
        {"name": "unmap",                 "path": ["integrations", "Amplitude", "unmap"],                  "columns": ["context_amplitude_unmap"], "calls": ["alias"]},
        {"name": "integrations",          "path": ["integrations"],                                        "columns": []},
        {"name": "consent",               "path": ["context", "consent", "categoryPreferences"],           "columns": [], "prefix": "context_consent_category_preferences_"},
        {"name": "context_traits",        "path": ["context", "traits"],                                   "columns": [], "prefix": "context_traits_"},
        {"name": "price",                 "path": ["properties", "price"],                             "columns": ["price"],                                "calls": track},
        {"name": "quantity",              "path": ["properties", "quantity"],                          "columns": ["quantity"],                             "calls": track},
        {"name": "revenue",               "path": ["properties", "revenue"],                           "columns": ["revenue"],                              "calls": track},
        {"name": "total",                 "path": ["properties", "total"],                               "columns": ["total"],                                "calls": track},
        {"name": "product_id_camel",      "path": ["properties", "productId"],                         "columns": [],                                       "calls": track},
        {"name": "product_id_snake",      "path": ["properties", "product_id"],                        "columns": ["product_id"],                           "calls": track},
        {"name": "revenue_type_camel",    "path": ["properties", "revenueType"],                       "columns": [],                                       "calls": track},
        {"name": "revenue_type_snake",    "path": ["properties", "revenue_type"],                      "columns": ["revenue_type"],                         "calls": track},
        {"name": "order_id",              "path": ["properties", "order_id"],                          "columns": ["order_id"],                             "calls": track},
        {"name": "products",              "path": ["properties", "products"],                          "columns": ["products"],                             "calls": track, "arrays": true},
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
        {"name": "page_search",           "path": ["context", "page", "search"],                           "columns": ["context_page_search"]},
        {"name": "page_url",              "path": ["context", "page", "url"],                              "columns": ["context_page_url"]},
        {"name": "utm_source",            "path": ["context", "campaign", "source"],                   "columns": ["context_campaign_source"]},
        {"name": "utm_medium",            "path": ["context", "campaign", "medium"],                   "columns": ["context_campaign_medium"]},
        {"name": "utm_campaign",          "path": ["context", "campaign", "name"],                     "columns": ["context_campaign_name"]},
        {"name": "utm_term",              "path": ["context", "campaign", "term"],                     "columns": ["context_campaign_term"]},
        {"name": "utm_content",           "path": ["context", "campaign", "content"],                  "columns": ["context_campaign_content"]},
    ] -%}
    -- fmt: on
    {{ return(fields + seg2amp._fields_of_settings(fields)) }}
{% endmacro %}

{#- The fields that no rule reads but a setting names by their path. -#}
{% macro _fields_of_settings(known) %}
    {%- set paths = known | map(attribute="path") | list -%}
    {%- set fields = [] -%}
    {%- for path in seg2amp.setting_paths() -%}
        {%- set keys = path.split(".") -%}
        {%- if keys[0] in ("context", "integrations") and keys not in paths -%}
            {%- set column = seg2amp.snake_case((["context"] + keys[1:]) | join("_")) -%}
            {%- do fields.append(
                {
                    "name": "at_" ~ local_md5(path)[:8],
                    "path": keys,
                    "columns": [column],
                    "by_setting": true,
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(fields) }}
{% endmacro %}
