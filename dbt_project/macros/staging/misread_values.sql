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
