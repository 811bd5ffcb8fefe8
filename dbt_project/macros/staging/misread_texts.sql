{#-
    Which texts and objects of a raw message are not of their kind, joined by `; `, where `strict_types` rejects a message for that; NULL where none
    is. From the columns of `stg_segment__raw_json_typed`. Source: the field table of Amplitude (Actions).
-#}
{% macro misread_texts() -%}
    {%- if not seg2amp.setting("strict_types") -%} cast(null as text)
    {%- else -%}
        {%- set reasons = [] -%}
        {%- for field in seg2amp.message_fields() if field.kind in ("text", "object") and field.name in seg2amp.strict_calls() -%}
            {%- set json, wrong = field.name ~ "_json", field.name ~ " is null" -%}
            {%- if field.kind == "object" -%}
                {%- set json = seg2amp.raw_leaf(field) | trim -%}
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
        "classic_groups": device,
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
