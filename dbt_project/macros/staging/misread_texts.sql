{#-
    Which texts and objects of a raw message are not of their kind, joined by `; `, where `strict_types` rejects a message for that; NULL where none
    is. From the columns of `stg_segment__raw_json_typed`. Source: the field table of Amplitude (Actions).
-#}
{% macro misread_texts() -%}
    {%- if not seg2amp.setting("strict_types") -%} cast(null as text)
    {%- else -%}
        nullif(
            concat_ws(
                '; '
                {%- for field in seg2amp.message_fields() if field.kind in ("text", "object") and field.name in seg2amp.strict_calls() %}
                    {%- set json = (
                        field.name ~ "_json"
                        if field.kind == "text"
                        else seg2amp.raw_leaf(field)
                    ) %}
                    {%- set label = "groups" if field.by_setting else field.name %},
                    case
                        when
                            {{ seg2amp.is_any("call_type", seg2amp.strict_calls()[field.name]) }}
                            and {{ seg2amp.has_value(json) }}
                            and {{
                                (
                                    field.name ~ " is null"
                                    if field.kind == "text"
                                    else "left(" ~ json ~ ", 1) <> '{'"
                                )
                            }}
                        then '{{ label }} cannot be read as {{ field.kind }}'
                    end
                {%- endfor %}
            ),
            ''
        )
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
