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

{#-
    What a door's table holds, {name: type}: provenance, then one column or two for each of `message_fields`. No setting decides how a value
    is read here, so that a change of settings reads no raw data again.
    door  tables: each field in its SQL type; `odd_values` is the JSON object of those whose column is of another type, as text for a number.
          raw_json: each field as `<field>_json`, JSON text.
-#}
{% macro landed_columns(door) %}
    {%- set columns = {
        "message_id": "text",
        "call_type": "text",
        "source_relation": "text",
        "source_table": "text",
    } -%}
    {%- if door == "raw_json" -%}
        {%- do columns.update({"source_line": "bigint", "unreadable_reason": "text"}) -%}
    {%- endif -%}
    {%- do columns.update(
        {"received_at": "timestamp", "loaded_at": "timestamp", "is_foreign": "boolean"}
    ) -%}
    {%- for field in seg2amp.message_fields() -%}
        {%- if door == "raw_json" and (field.name == "context" or not field.by_setting) -%}
            {%- do columns.update({field.name ~ "_json": "text"}) -%}
            {%- do columns.update({field.name ~ "_also_json": "text"}) if field.also -%}
        {%- elif door == "raw_json" -%}
        {%- elif field.columns or field.prefix or field.kind == "object" -%}
            {%- do columns.update(seg2amp.typed_columns(field)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do columns.update({"odd_values": "text"}) if door == "tables" -%}
    {{ return(columns) }}
{% endmacro %}

{#- The typed column of a field behind the doors, {name: type}; a time has another one beside it where a timestamp may be none that has a number. -#}
{% macro typed_columns(field) %}
    {%- set types = {"number": "double", "session": "bigint", "flag": "boolean"} -%}
    {%- if field.kind == "order" -%} {{ return({"order_object": "text"}) }}
    {%- elif field.name == "timestamp" -%}
        {{ return({"timestamp_ms": "bigint", "timestamp_is_misread": "boolean"}) }}
    {%- elif field.kind == "time" -%} {{ return({field.name ~ "_ms": "bigint"}) }}
    {%- else -%} {{ return({field.name: types.get(field.kind, "text")}) }}
    {%- endif -%}
{% endmacro %}

{#-
    What both doors give above their tables, before settings are asked: {name: type}. The typed columns of `message_fields`, and beside a field
    whose JSON type decides rules (ids, names, numbers, times, session ids) `<field>_json`: the value as JSON, where its own type did not say how
    it is read.
-#}
{% macro door_columns() %}
    {%- set columns = {
        "message_id": "text",
        "call_type": "text",
        "source_relation": "text",
        "source_table": "text",
        "source_line": "bigint",
        "received_at": "timestamp",
        "loaded_at": "timestamp",
        "is_foreign": "boolean",
        "unreadable_reason": "text",
        "content_hash": "text",
        "row_id": "text",
        "landed_in": "bigint",
    } -%}
    {%- for field in seg2amp.message_fields() -%}
        {%- do columns.update(seg2amp.typed_columns(field)) -%}
        {%- do columns.update({field.name ~ "_json": "text"}) if field.kind in seg2amp.odd_kinds() -%}
    {%- endfor -%}
    {%- do columns.update({"misread_texts": "text"}) -%}
    {{ return(columns) }}
{% endmacro %}

{#- The kinds of field whose reading a setting decides, or a rule by the JSON type of the value. -#}
{% macro odd_kinds() %} {{ return(["id", "name", "number", "time", "session"]) }} {% endmacro %}
