{%- set on_event = seg2amp.setting("user_properties_on") == "event" -%}
{%- set by_os = seg2amp.setting("advertising_id_on") == "by_os" -%}
{%- set version = seg2amp.setting("version_name") -%}
{%- set events = [seg2amp.changed(), seg2amp.changed_landings()] | join(" and ") -%}
{%- if seg2amp.setting("derive_sessions") -%}
    {%- set events = seg2amp.changed(["change_number", "session_change_number"]) -%}
{%- endif %}
with
    changed_rows as {{ seg2amp.stored_if_few() }} (
        select * from {{ ref("int_event_rows") }} where {{ events }}
    ),

    {{ seg2amp.with_user_properties("changed_rows") }},

    {{ seg2amp.with_event_properties("faulted") }},

    event_rows as (
        select
            cast(insert_id as text) as insert_id,
            message_key,
            message_id,
            cast(event_rule_id as text) as rule_id,
            cast(row_index as integer) as row_index,
            source_relation,
            source_table,
            received_at,
            latest_credible_ms,
            row_event_type as event_type,
            user_id,
            device_id,
            time,
            session_id,
            {{ "user_properties" if on_event else "cast(null as text)" }} as user_properties,
            {{ "user_properties_fault" if on_event else "cast(null as text)" }}
            as user_properties_fault,
            traits_hold_empty_key,
            properties_hold_empty_key or product_has_empty_key as may_hold_empty_key,
            event_properties,
            groups,
            groups_are_misformed,
            {{ seg2amp.setting("skip_user_properties_sync") | lower }} as skip_user_properties_sync,
            {{
                (
                    "coalesce(app_version, " ~ seg2amp.quoted(version) ~ ")"
                    if version
                    else "app_version"
                )
            }} as app_version,
            platform,
            coalesce(os_name, told_os_name) as os_name,
            coalesce(os_version, told_os_version) as os_version,
            device_brand,
            coalesce(device_manufacturer, told_device_manufacturer) as device_manufacturer,
            coalesce(device_model, told_device_model) as device_model,
            told_device_type as device_type,
            carrier,
            coalesce(country, locale_country) as country,
            region,
            city,
            dma,
            locale_language as language,
            sent_price as price,
            sent_quantity as quantity,
            row_revenue as revenue,
            latitude as location_lat,
            longitude as location_lng,
            sent_product_id as product_id,
            sent_revenue_type as revenue_type,
            ip,
            {{
                (
                    "case when lower(os_name) = 'ios' then advertising_id end"
                    if by_os
                    else "advertising_id"
                )
            }} as idfa,
            {{ "context_device_id" if seg2amp.setting("send_idfv") else "cast(null as text)" }}
            as idfv,
            {{
                (
                    "case when lower(os_name) = 'android' then advertising_id end"
                    if by_os
                    else "advertising_id"
                )
            }} as adid,
            android_id,
            whole_event_id as event_id,
            library,
            {{
                (
                    "case when not is_product_row then user_agent end"
                    if seg2amp.setting("include_raw_user_agent")
                    else "cast(null as text)"
                )
            }} as user_agent
        from described
    ),

    judged as (
        select
            *,
            coalesce(
                case
                    when user_id is null and device_id is null then 'neither user_id nor device_id'
                end,
                {{ seg2amp.id_violation("user_id") }},
                {{ seg2amp.id_violation("device_id") }},
                case
                    when length(event_type) > 1024
                    then 'event_type is longer than 1024 characters'
                    when event_type in ({{ seg2amp.reserved_event_types() }})
                    then 'event_type is reserved by Amplitude'
                end,
                {{ seg2amp.time_violation() }},
                case
                    when
                        session_id <> -1
                        and not session_id between 978307200000 and latest_credible_ms
                    then 'session_id is neither -1 nor a time since 2001'
                end,
                case
                    when groups_are_misformed
                    then 'groups hold something that is neither a text nor a list of texts'
                end,
                case
                    when abs(location_lat) > 90 or abs(location_lng) > 180
                    then 'location is off the globe'
                end,
                user_properties_fault,
                case
                    when
                        traits_hold_empty_key
                        and {{ seg2amp.call("has_empty_key", "user_properties") }}
                    then 'user_properties hold a property without a name'
                end,
                case
                    when
                        may_hold_empty_key
                        and {{ seg2amp.call("has_empty_key", "event_properties") }}
                    then 'event_properties hold a property without a name'
                end
            ) as rejection_reason
        from event_rows
    )

select
    insert_id,
    message_key,
    message_id,
    rule_id,
    row_index,
    source_relation,
    source_table,
    received_at,
    event_type,
    user_id,
    device_id,
    time,
    session_id,
    user_properties,
    event_properties,
    groups,
    skip_user_properties_sync,
    app_version,
    platform,
    os_name,
    os_version,
    device_brand,
    device_manufacturer,
    device_model,
    device_type,
    carrier,
    country,
    region,
    city,
    dma,
    language,
    price,
    quantity,
    revenue,
    location_lat,
    location_lng,
    product_id,
    revenue_type,
    ip,
    idfa,
    idfv,
    adid,
    android_id,
    event_id,
    library,
    user_agent,
    rejection_reason
from judged
