{#-
    Which texts and objects of a raw message are not of their kind, joined by `; `, where `strict_types` rejects a message for that; NULL where none
    is. From the columns of `stg_segment__raw_json_typed`. Source: the field table of Amplitude (Actions).
-#}
{% macro misread_texts() -%}
    {%- if not seg2amp.setting("strict_types") -%} cast(null as text)
    {%- else -%}
        {%- set reasons = [] -%}
        {#- Groups are looked at whether a setting reads them or not, where `session_id_source` says that options stand. -#}
        {%- set name = seg2amp.setting("event_groups_option") or "groups" -%}
        {%- set actions, classic = (
            seg2amp.json_leaf("integrations_json", ["Actions Amplitude", name]),
            seg2amp.json_leaf("integrations_json", ["Amplitude", name]),
        ) -%}
        {%- set has_actions = seg2amp.has_value(actions) -%}
        {%- set groups = {
            "actions": actions,
            "classic": classic,
            "any": "case when "
            ~ has_actions
            ~ " then "
            ~ actions
            ~ " else "
            ~ classic
            ~ " end",
        }[seg2amp.setting("session_id_source")] -%}
        {%- for field in seg2amp.message_fields() if field.kind in ("text", "object") and field.name in seg2amp.strict_calls() -%}
            {%- set json, wrong = field.name ~ "_json", field.name ~ " is null" -%}
            {%- if field.kind == "object" -%}
                {%- set json = groups if field.by_setting else seg2amp.raw_leaf(field) | trim -%}
                {%- set wrong = "left(" ~ json ~ ", 1) <> '{'" -%}
            {%- endif -%}
            {%- set label = "groups" if field.by_setting else field.name -%}
            {%- set asked = [
                seg2amp.is_any("call_type", seg2amp.strict_calls()[field.name]),
                seg2amp.has_value(json),
                wrong,
            ] -%}
            {%- set reason = seg2amp.quoted(label ~ " cannot be read as " ~ field.kind) -%}
            {%- do reasons.append(
                "case when " ~ asked
                | map("trim")
                | join(" and ") ~ " then " ~ reason ~ " end"
            ) -%}
        {%- endfor -%}
        nullif(concat_ws('; ', {{ reasons | join(",\n                ") }}), '')
    {%- endif -%}
{%- endmacro %}

{#- The call types to which a field of `strict_types` matters, {field: call types}. Source: the field table of Amplitude (Actions). -#}
{% macro strict_calls() %}
    {%- set event = ["track", "page", "screen"] -%}
    {%- set device = event + ["identify"] -%}
    {%- set person = device + ["group"] -%}
    {%- set calls = {
        "properties": event,
        "traits": person,
        "actions_groups": device,
    } -%}
    {%- for name in ["product_id", "revenue_type", "ip", "advertising_id"] -%}
        {%- do calls.update({name: event}) -%}
    {%- endfor -%}
    {%- for name in [
        "device_type",
        "device_brand",
        "device_manufacturer",
        "device_model",
        "os_name",
        "os_version",
        "app_version",
        "carrier",
        "country",
        "region",
        "city",
        "language",
        "user_agent",
        "user_agent_data_model",
        "user_agent_data_platform_version",
        "library_name",
        "referrer",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
    ] -%}
        {%- do calls.update({name: device}) -%}
    {%- endfor -%}
    {{ return(calls) }}
{% endmacro %}

{#-
    Which values of a message are not of their kind, joined by `; `, where that rejects it: an id or name, or with `strict_types` any field.
    NULL where none is. A time counts only where no other source of the time speaks (`time_is_misread`).
-#}
{% macro misread_values() -%}
    {%- set event = ["track", "page", "screen"] -%}
    {%- set person = event + ["identify", "group"] -%}
    {%- set texts = {
        "user_id": person + ["alias"],
        "device_id": person,
        "previous_id": ["alias"],
        "unmap": ["alias"],
        "group_id": ["group"],
        "event": ["track"],
    } -%}
    {%- set numbers = {
        "price": "number",
        "quantity": "integer",
        "revenue": "number",
        "latitude": "number",
        "longitude": "number",
    } -%}
    {%- do numbers.update({"total": "number"}) if seg2amp.setting("revenue_falls_back_to_total") != "none" -%}
    {%- do numbers.update({"event_id": "integer"}) if "event_id" in seg2amp.setting("mapped_fields") -%}
    {%- set reasons = [] -%}
    {%- for name, calls in texts.items() -%}
        {%- do reasons.append(seg2amp._misread(name, "text", calls, name ~ " is null")) -%}
    {%- endfor -%}
    {%- if seg2amp.setting("group_type_trait") -%}
        {%- do reasons.append(
            seg2amp._misread(
                "group_type",
                "text",
                ["group"],
                "group_traits_used and group_type is null",
            )
        ) -%}
        {%- do reasons.append(
            seg2amp._misread(
                "group_value",
                "text",
                ["group"],
                "group_traits_used and group_value is null",
            )
        ) -%}
    {%- endif -%}
    {%- do reasons.append(
        seg2amp._misread(
            "group_id",
            "text",
            ["group"],
            "not group_traits_used and group_value is null",
        )
        | replace("group_id cannot", "group_value cannot")
    ) -%}
    {%- if seg2amp.setting("strict_types") -%}
        {%- do reasons.append("misread_texts") -%}
        {%- do reasons.append(
            seg2amp._misread(
                "session_id",
                "session",
                event,
                "session_sent_ms is null and not "
                ~ seg2amp.is_digits("session_id_json"),
            )
        ) -%}
        {%- for name, kind in numbers.items() -%}
            {%- do reasons.append(seg2amp._misread(name, kind, event, name ~ " is null")) -%}
            {%- if kind == "integer" -%}
                {%- do reasons.append(
                    "case when "
                    ~ seg2amp.is_any("call_type", event)
                    ~ " and "
                    ~ name
                    ~ " <> floor("
                    ~ name
                    ~ ") then '"
                    ~ name
                    ~ " cannot be read as integer' end"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    nullif(concat_ws('; ', {{ reasons | join(",\n            ") }}), '')
{%- endmacro %}

{#- Why a value that is there, and of which SQL tells that it is wrong, was not read. -#}
{% macro _misread(name, kind, calls, wrong) %}
    {%- set asked = [
        seg2amp.is_any("call_type", calls),
        seg2amp.has_value(name ~ "_json"),
        wrong,
    ] -%}
    {%- set reason = seg2amp.quoted(name ~ " cannot be read as " ~ kind) -%}
    {{ return("case when " ~ asked | map("trim") | join(" and ") ~ " then " ~ reason ~ " end") }}
{% endmacro %}
