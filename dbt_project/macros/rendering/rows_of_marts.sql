{#-
    The rows of all four marts, each with its payload, endpoint and place among a person's rows. messages: SQL, a select of the message_key of those
    whose rows are wanted, none for all. It is asked before anything is rendered. Keys without a value are left out of a payload.
    An identify is an `$identify` of the stream of events, or with `identify_endpoint` an identification of the Identify API. By that form goes only
    what may be repeated, since that API is not known to recognise a duplicate: no operation but those that leave what they made, as
    $add, $append and $prepend do not; and never an event's own user properties, which are there to colour just that event.
    Source: Amplitude's Batch, Identify, Group Identify and User Mapping APIs.
-#}
{% macro rows_of_marts(messages=none) -%}
    {%- set wanted = "where message_key in (" ~ messages ~ ")" if messages else "" -%}
    {%- set text, event_endpoint = seg2amp.json_string, seg2amp.event_endpoint() -%}
    {%- set event = {
        "user_id": text("user_id"),
        "device_id": text("device_id"),
        "event_type": text("event_type"),
        "time": "cast(time as text)",
        "session_id": "cast(session_id as text)",
        "insert_id": text("insert_id"),
        "user_properties": "user_properties",
        "event_properties": "event_properties",
        "groups": "groups",
        "$skip_user_properties_sync": "case when skip_user_properties_sync then 'true' end",
        "app_version": text("app_version"),
        "platform": text("platform"),
        "os_name": text("os_name"),
        "os_version": text("os_version"),
        "device_brand": text("device_brand"),
        "device_manufacturer": text("device_manufacturer"),
        "device_model": text("device_model"),
        "device_type": text("device_type"),
        "carrier": text("carrier"),
        "country": text("country"),
        "region": text("region"),
        "city": text("city"),
        "dma": text("dma"),
        "language": text("language"),
        "price": "cast(price as text)",
        "quantity": "cast(quantity as text)",
        "revenue": "cast(revenue as text)",
        "location_lat": "cast(location_lat as text)",
        "location_lng": "cast(location_lng as text)",
        "productId": text("product_id"),
        "revenueType": text("revenue_type"),
        "ip": text("ip"),
        "idfa": text("idfa"),
        "idfv": text("idfv"),
        "adid": text("adid"),
        "android_id": text("android_id"),
        "event_id": "cast(event_id as text)",
        "library": text("library"),
        "user_agent": text("user_agent"),
    } -%}
    {%- set identify = {
        "user_id": text("user_id"),
        "device_id": text("device_id"),
        "event_type": "'\"$identify\"'",
        "time": "cast(time as text)",
        "insert_id": text("insert_id"),
        "user_properties": "user_properties",
        "groups": "groups",
    } -%}
    {%- for name in seg2amp.device_fields() + [
        "paying",
        "start_version",
        "library",
        "user_agent",
    ] -%}
        {%- do identify.update({name: text(name)}) -%}
    {%- endfor -%}
    {%- set by_form = seg2amp.setting("identify_endpoint") != "stream" -%}
    {#- The Identify API does not know these. -#}
    {%- for name in ["event_type", "time", "user_agent"] if by_form -%}
        {%- do identify.update(
            {name: "case when endpoint <> 'identify' then " ~ identify[name] ~ " end"}
        ) -%}
    {%- endfor -%}
    {%- set repeatable = ["$set", "$setOnce", "$unset", "$preInsert", "$postInsert", "$remove"] -%}
    {%- set other_operations = seg2amp.without_keys(
        seg2amp.call("json_operations", "user_properties"), repeatable
    ) -%}
    {%- set group_identify = {
        "group_type": text("group_type"),
        "group_value": text("group_value"),
        "group_properties": "group_properties",
        "library": text("library"),
    } -%}
    {%- set user_map = {
        "user_id": text("user_id"),
        "global_user_id": text("global_user_id"),
        "unmap": "case when unmap then 'true' end",
    } -%}
    {%- set endpoint = "'" ~ event_endpoint ~ "' as endpoint" -%}
    {%- set of_user = ["user_id", "device_id", "user_id as person_key", "time as event_time"] -%}
    {%- set no_person = [
        "time as event_time",
        "null as user_properties",
        "false as skip_user_properties_sync",
    ] -%}
    {%- set marts = {
        "amplitude_events": ["'event' as kind", "2 as kind_order"]
        + of_user
        + ["user_properties", "skip_user_properties_sync"],
        "identifies": ["'identify' as kind", "1 as kind_order"]
        + of_user
        + ["user_properties", "false as skip_user_properties_sync"],
        "amplitude_group_identifies": [
            "'group_identify' as kind",
            "1 as kind_order",
            "user_id",
            "device_id",
            "group_type || '|' || group_value as person_key",
        ]
        + no_person,
        "amplitude_user_mappings": [
            "'user_map' as kind",
            "1 as kind_order",
            "user_id",
            "null as device_id",
            "user_id as person_key",
        ]
        + no_person,
    } -%}
    {%- set columns = [
        "insert_id",
        "message_key",
        "message_id",
        "rule_id",
        "row_index",
        "source_relation",
        "source_table",
        "rejection_reason",
    ] -%}

    select
        {{ seg2amp.listed(columns + [endpoint] + marts.amplitude_events) }},
        {{ seg2amp.json_object(event) }} as payload
    from {{ ref("amplitude_events") }} {{ wanted }}
    union all
    select
        {{ seg2amp.listed(columns + ["endpoint"] + marts.identifies) }},
        {{ seg2amp.json_object(identify) }} as payload
    from
        (
            select
                *,
                {%- if by_form %}
                    case
                        when rule_id = 'event_user_properties'
                        then '{{ event_endpoint }}'
                        when coalesce(user_properties not like '%"$%', true)
                        then 'identify'
                        when {{ other_operations }} = '{}'
                        then 'identify'
                        else '{{ event_endpoint }}'
                    end as endpoint
                {%- else %} {{ endpoint }}
                {%- endif %}
            from {{ ref("amplitude_identifies") }} {{ wanted }}
        ) as identifies
    union all
    select
        {{
            seg2amp.listed(
                columns + ["'groupidentify' as endpoint"] + marts.amplitude_group_identifies
            )
        }},
        {{ seg2amp.json_object(group_identify) }} as payload
    from {{ ref("amplitude_group_identifies") }} {{ wanted }}
    union all
    select
        {{ seg2amp.listed(columns + ["'usermap' as endpoint"] + marts.amplitude_user_mappings) }},
        {{ seg2amp.json_object(user_map) }} as payload
    from {{ ref("amplitude_user_mappings") }} {{ wanted }}
{%- endmacro %}
