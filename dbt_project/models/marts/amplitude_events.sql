{%- set on_event = seg2amp.setting("user_properties_on") == "event" -%}
{%- set by_os = seg2amp.setting("advertising_id_on") == "by_os" -%}
{%- set version = seg2amp.setting("version_name") -%}
{%- set events = [seg2amp.changed(), seg2amp.changed_landings()] | join(" and ") -%}
{%- if seg2amp.setting("derive_sessions") -%}
    {%- set events = seg2amp.changed(["change_number", "session_change_number"]) -%}
{%- endif -%}
{#- The fields whose column in int_event_rows has another name or is one of two. -#}
{%- set fields = {
    "insert_id": "cast(insert_id as text)",
    "rule_id": "cast(event_rule_id as text)",
    "row_index": "cast(row_index as integer)",
    "event_type": "row_event_type",
    "country": "coalesce(country, locale_country)",
    "language": "locale_language",
    "device_type": "told_device_type",
    "revenue": "row_revenue",
    "location_lat": "latitude",
    "location_lng": "longitude",
    "idfa": "advertising_id",
    "adid": "advertising_id",
    "event_id": "whole_event_id",
    "skip_user_properties_sync": seg2amp.setting("skip_user_properties_sync") | lower,
} -%}
{%- for name in ["os_name", "os_version", "device_manufacturer", "device_model"] -%}
    {%- do fields.update({name: "coalesce(" ~ name ~ ", told_" ~ name ~ ")"}) -%}
{%- endfor -%}
{%- for name in ["price", "quantity", "product_id", "revenue_type"] -%}
    {%- do fields.update({name: "sent_" ~ name}) -%}
{%- endfor -%}
{%- do fields.update({"app_version": "coalesce(app_version, " ~ seg2amp.quoted(version) ~ ")"}) if version -%}
{%- if by_os -%}
    {%- do fields.update({"idfa": "case when lower(os_name) = 'ios' then advertising_id end"}) -%}
    {%- do fields.update(
        {"adid": "case when lower(os_name) = 'android' then advertising_id end"}
    ) -%}
{%- endif -%}
{%- do fields.update({"user_properties": "cast(null as text)"}) if not on_event -%}
{%- do fields.update(
    {
        "idfv": (
            "context_device_id" if seg2amp.setting("send_idfv") else "cast(null as text)"
        ),
        "user_agent": (
            "case when not is_product_row then user_agent end"
            if seg2amp.setting("include_raw_user_agent")
            else "cast(null as text)"
        ),
    }
) -%}
{%- set columns = [] -%}
{%- for name in [
    "insert_id",
    "message_key",
    "message_id",
    "rule_id",
    "row_index",
    "source_relation",
    "source_table",
    "received_at",
    "event_type",
    "user_id",
    "device_id",
    "time",
    "session_id",
    "user_properties",
    "event_properties",
    "groups",
    "skip_user_properties_sync",
    "app_version",
    "platform",
    "os_name",
    "os_version",
    "device_brand",
    "device_manufacturer",
    "device_model",
    "device_type",
    "carrier",
    "country",
    "region",
    "city",
    "dma",
    "language",
    "price",
    "quantity",
    "revenue",
    "location_lat",
    "location_lng",
    "product_id",
    "revenue_type",
    "ip",
    "idfa",
    "idfv",
    "adid",
    "android_id",
    "event_id",
    "library",
    "user_agent",
] -%}
    {%- do columns.append(fields[name] ~ " as " ~ name if name in fields else name) -%}
{%- endfor -%}
{#- Names that Amplitude keeps for itself. Source: Amplitude HTTP V2 API. -#}
{%- set reserved = [
    "$identify",
    "$groupidentify",
    "[Amplitude] Start Session",
    "[Amplitude] End Session",
    "[Amplitude] Revenue",
    "[Amplitude] Revenue (Verified)",
    "[Amplitude] Revenue (Unverified)",
    "[Amplitude] Merged User",
] -%}
{%- if not seg2amp.setting("derive_sessions") and seg2amp.nothing_is_changed() -%}
    select * from {{ this }} where 1 = 0
{%- else -%}
    with
        changed_rows as {{ seg2amp.stored_if_few() }} (
            select * from {{ ref("int_event_rows") }} where {{ events }}
        ),

        {{ seg2amp.with_user_properties("changed_rows") }},

        {{ seg2amp.with_event_properties("faulted") }},

        judged as (
            select
                *,
                case
                    when user_id is null and device_id is null
                    then
                        'neither user_id nor device_id'
                        {{ seg2amp.when_id_is_wrong("user_id") }}
                        {{ seg2amp.when_id_is_wrong("device_id") }}
                    when length(row_event_type) > 1024
                    then 'event_type is longer than 1024 characters'
                    when row_event_type in ('{{ reserved | join("', '") }}')
                    then 'event_type is reserved by Amplitude' {{ seg2amp.when_time_is_wrong() }}
                    when
                        session_id <> -1
                        and not session_id between 978307200000 and latest_credible_ms
                    then 'session_id is neither -1 nor a time since 2001'
                    when groups_are_misformed
                    then 'groups hold something that is neither a text nor a list of texts'
                    when abs(latitude) > 90 or abs(longitude) > 180
                    then 'location is off the globe'
                    {%- if on_event %}
                        when user_properties_fault is not null
                        then user_properties_fault
                        when
                            traits_hold_empty_key
                            and {{ seg2amp.call("has_empty_key", "user_properties") }}
                        then 'user_properties hold a property without a name'
                    {%- endif %}
                    when
                        (properties_hold_empty_key or product_has_empty_key)
                        and {{ seg2amp.call("has_empty_key", "event_properties") }}
                    then 'event_properties hold a property without a name'
                end as rejection_reason
            from described
        )

    select {{ seg2amp.listed(columns, 4) }}, rejection_reason
    from judged
{%- endif -%}
