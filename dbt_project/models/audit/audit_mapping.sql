{#-
    The kinds of row that Amplitude gets: row, the Segment calls that make it, and its payload keys in their order. Each macro …_origins gives the
    words of one concept; its file stands beside the rules, where these have a folder of their own.
-#}
{%- set device = seg2amp.device_fields() -%}
{%- set event = (
    [
        "user_id",
        "device_id",
        "event_type",
        "time",
        "session_id",
        "insert_id",
        "user_properties",
        "event_properties",
        "groups",
        "$skip_user_properties_sync",
    ]
    + device
    + [
        "price",
        "quantity",
        "revenue",
        "location_lat",
        "location_lng",
        "productId",
        "revenueType",
        "ip",
        "idfa",
        "idfv",
        "adid",
        "android_id",
        "event_id",
        "library",
        "user_agent",
    ]
) -%}
{%- set identify = (
    [
        "user_id",
        "device_id",
        "event_type",
        "time",
        "insert_id",
        "user_properties",
        "groups",
    ]
    + device
    + [
        "paying",
        "start_version",
        "library",
        "user_agent",
    ]
) -%}
{%- set group = ["group_type", "group_value", "group_properties", "library"] -%}
{%- set user_mapping = ["user_id", "global_user_id", "unmap"] -%}
{%- set kinds = [
    {"row": "event", "calls": "track, page, screen", "payload": event},
    {"row": "product event", "calls": "completed order", "payload": event},
    {"row": "identify", "calls": "identify", "payload": identify},
    {"row": "group membership", "calls": "group", "payload": identify},
    {"row": "group identify", "calls": "group", "payload": group},
    {"row": "user mapping", "calls": "alias", "payload": user_mapping},
] -%}
{%- if seg2amp.setting("user_properties_on") == "identify" -%}
    {%- do kinds.append(
        {"row": "user properties", "calls": "track, page, screen", "payload": identify}
    ) -%}
{%- endif -%}

{%- set rows = [] -%}
{%- for kind in kinds -%}
    {%- set origins = {} -%}
    {%- for of_concept in [
        seg2amp.identity_origins(kind.row),
        seg2amp.time_and_session_origins(),
        seg2amp.name_origins(kind.row),
        seg2amp.device_and_place_origins(kind.row),
        seg2amp.revenue_origins(kind.row),
        seg2amp.event_property_origins(kind.row),
        seg2amp.user_property_origins(kind.row),
        seg2amp.group_origins(kind.row),
    ] -%}
        {%- do origins.update(of_concept) -%}
    {%- endfor -%}

    {#- The form of the Identify API does not know these keys. The `$identify` rows of events never go there. -#}
    {%- set may_go_by_form = kind.row in ("identify", "group membership") -%}
    {%- set by_form = seg2amp.setting("identify_endpoint") == "form" -%}
    {%- set stays = (
        "Only where the row adds, appends or prepends, and so stays among the events."
    ) -%}
    {%- for key in ["event_type", "time", "user_agent"] if may_go_by_form -%}
        {%- set origin = origins[key][0] -%}
        {%- if origin["from"] != "not sent" -%}
            {%- do origin.update({"settings": origin.settings + ["identify_endpoint"]}) -%}
            {%- do origin.update({"rule": origin.rule ~ (" " ~ stays if by_form else "")}) -%}
        {%- endif -%}
    {%- endfor -%}

    {%- for field in kind.payload -%}
        {%- for origin in origins.get(field, []) -%}
            {%- do rows.append(
                {
                    "position": rows | length + 1,
                    "amplitude_row": kind.row,
                    "calls": origin.calls or kind.calls,
                    "amplitude_field": [field, origin.part] | select | join("."),
                    "segment_field": origin["from"],
                    "rule": origin.rule,
                    "settings": origin.settings | join(", "),
                }
            ) -%}
        {%- else -%}
            {{
                exceptions.raise_compiler_error(
                    "No words say where `" ~ field ~ "` of the " ~ kind.row ~ " comes from."
                )
            }}
        {%- endfor -%}
    {%- endfor -%}
{%- endfor -%}
{{ seg2amp.literal_rows(rows) }}
