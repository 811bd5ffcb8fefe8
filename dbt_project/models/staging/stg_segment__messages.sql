{%- set doors = ["tracks", "pages", "screens", "identifies", "groups", "aliases"] -%}
{%- set columns = seg2amp.door_columns() -%}
{%- set landed = seg2amp.landed_columns("tables").keys() | list + [
    "content_hash",
    "row_id",
    "landed_in",
] -%}
{%- set odd, odd_names = [], [] -%}
{%- for field in seg2amp.message_fields() if field.kind in seg2amp.odd_kinds() -%}
    {%- do odd.append({"name": field.name ~ "_json", "path": [field.name]}) -%}
    {%- do odd_names.append(field.name ~ "_json") -%}
{%- endfor -%}
{%- set raw_json = ref("stg_segment__raw_json_typed") -%}
{%- set operations = seg2amp.user_property_operations() -%}
{%- set keeps = seg2amp.setting("keep_empty_text") -%}
{%- set ids = [
    "user_id",
    "anonymous_id",
    "context_device_id",
    "previous_id",
    "group_id",
    "unmap",
] -%}
{%- set numbers = ["price", "quantity", "revenue", "total", "latitude", "longitude"] -%}
{%- set first_id, second_id = ["context_device_id", "anonymous_id"] -%}
{%- if seg2amp.setting("prefer_anonymous_id_for_device_id") -%}
    {%- set first_id, second_id = second_id, first_id -%}
{%- endif -%}
{%- set places = ["country", "region", "city"] -%}
{%- set typed = [] -%}
{%- for name in columns if name not in odd_names -%} {%- do typed.append(name) -%} {%- endfor -%}
{%- set sessions, times = ["actions_session_id", "classic_session_id"], [
    "timestamp_ms",
    "original_timestamp_ms",
    "sent_at_ms",
] -%}
{%- set readings, read_names = {}, [] -%}
{%- for reading, fields in [
    (
        seg2amp.call(
            "read_text_rounded" if seg2amp.setting("round_large_ids") else "read_text",
            "each_value",
        ),
        ids + ["event"],
    ),
    (seg2amp.printed_name("each_value"), ["name", "category"]),
    (seg2amp.read_number("each_value"), numbers),
    (seg2amp.read_session("each_value"), sessions),
] -%}
    {%- for name in fields -%}
        {%- do readings.setdefault(reading, {}).update({name ~ "_read": name ~ "_json"}) -%}
        {%- do read_names.append(name ~ "_read") -%}
    {%- endfor -%}
{%- endfor %}
with
    tables as {{ seg2amp.read_in_place() }} (
        {%- for door in doors %}
            select {{ landed | join(", ") }}
            from {{ ref("stg_segment__" ~ door) }} {{ "union all" if not loop.last }}
        {%- endfor %}
    ),

    odd as (select * from tables where odd_values is not null),

    opened as ({{ seg2amp.json_leaves("odd", "odd_values", landed, odd) }}),

    -- Values whose type did not say how they are read, beside those whose type did.
    unread as {{ seg2amp.read_in_place() }} (
        select
            {%- for name, type in columns.items() %}
                {% if name in landed or name in odd_names -%} {{ name }}
                {%- else -%} cast(null as {{ seg2amp.type_name(type) }}) as {{ name }}
                {%- endif %}
                {{- "," if not loop.last }}
            {%- endfor %}
        from opened
        {%- if seg2amp.setting("raw_json_path") or seg2amp.setting("raw_json_relation") %}
            union all
            select {{ columns.keys() | join(", ") }}
            from {{ raw_json }}
        {%- endif %}
    ),

    read_alike as ({{ seg2amp.read_alike("unread", columns.keys() | list, readings) }}),

    -- The few times that are written in another way than Segment writes them.
    loose_times as (
        select row_id, timestamp_json, original_timestamp_json, sent_at_json
        from unread
        where
            (timestamp_ms is null and timestamp_json is not null)
            or (original_timestamp_ms is null and original_timestamp_json is not null)
            or (sent_at_ms is null and sent_at_json is not null)
    ),

    read_times as (
        {{
            seg2amp.read_alike(
                "loose_times",
                ["row_id"],
                {
                    seg2amp.read_time("each_value"): {
                        "timestamp_read": "timestamp_json",
                        "original_timestamp_read": "original_timestamp_json",
                        "sent_at_read": "sent_at_json",
                    }
                },
            )
        }}
    ),

    messages as (
        select
            {%- for name, type in columns.items() %}
                {% if name in sessions -%} {{ seg2amp.scaled_session(name) }} as {{ name }}
                {%- elif name in landed -%} {{ name }}
                {%- else -%} cast(null as {{ seg2amp.type_name(type) }}) as {{ name }}
                {%- endif %}
                {{- "," if not loop.last }}
            {%- endfor %}
        from tables
        where odd_values is null
        union all
        select
            {%- for name in columns %}
                {% if name == "row_id" -%} read_alike.row_id
                {%- elif name in sessions -%}
                    coalesce({{ seg2amp.scaled_session(name) }}, {{ name }}_read)
                {%- elif name in times -%}
                    coalesce({{ name }}, {{ name | replace("_ms", "_read") }})
                    {%- elif (name ~ "_read") in read_names -%} coalesce(
                        {{ name }}, {{ name }}_read
                    )
                {%- else -%} {{ name }}
                {%- endif %}
                {{- "," if not loop.last }}
            {%- endfor %}
        from read_alike
        left join read_times on read_alike.row_id = read_times.row_id
    ),

    -- What settings ask for is chosen, and what they name by a path is looked up.
    read as (
        select
            {%- for name in columns if name not in ids + ["event", "traits"] %}
                {{ name }},
            {%- endfor %}
            {{ seg2amp.epoch_ms("received_at") }} as received_at_ms,
            {%- for name in ids + ["event"] %} nullif({{ name }}, '') as {{ name }}, {%- endfor %}
            {%- for name in ["name", "category"] %}
                coalesce(
                    {{ name }} <> '', {{ name }}_json not in ('null', '""'), false
                ) as has_{{ name }},
            {%- endfor %}
            {%- if keeps %}
                {{ first_id }} is not null
                or coalesce({{ first_id }}_json <> 'null', false) as has_first_id,
            {%- else %}
                coalesce(
                    {{ first_id }} <> '', {{ first_id }}_json not in ('null', '""'), false
                ) as has_first_id,
            {%- endif %}
            {{ seg2amp.given_session() }} as given_session_ms,
            {{ seg2amp.given_session_json() }} as session_id_json,
            {{ seg2amp.consent_missing() }} as consent_missing,
            {{ seg2amp.opt_out_name() }} as opted_out_under,
            {{ seg2amp.value_reason("only_where", false, "is not") }} as value_not_wanted,
            {{ seg2amp.value_reason("drop_where", true, "is") }} as value_dropped,
            {%- for name, path in seg2amp.setting("mapped_fields").items() %}
                {{ seg2amp.call("only_element", seg2amp.path_json(path)) }} as {{ name }}_json,
            {%- endfor %}
            {{ seg2amp.given_groups() }} as groups,
            {{ seg2amp.trait_json("group_type_trait") }} as group_type_json,
            {{ seg2amp.trait_json("group_value_trait") }} as group_value_json,
            {%- for name in places if seg2amp.setting("place_from_traits") %}
                {{ seg2amp.call("read_text", seg2amp.place_json(name)) }} as {{ name }}_elsewhere,
            {%- endfor %}
            {{ seg2amp.sent_traits() }} as traits
        from messages
    ),

    chosen as (
        select
            *,
            case when has_first_id then {{ first_id }} else {{ second_id }} end as device_id,
            case
                when has_first_id then {{ first_id }}_json else {{ second_id }}_json
            end as device_id_json,
            given_session_ms as session_sent_ms,
            coalesce(timestamp_is_misread, false)
            or coalesce(
                timestamp_ms is null
                and timestamp_json not in ('null', '""')
                and not {{ seg2amp.is_digits("timestamp_json") }},
                false
            ) as time_is_misread,
            {{ seg2amp.group_traits_used() }} as group_traits_used,
            {%- for name in ["dma", "android_id", "event_id", "paying", "start_version"] %}
                {{ seg2amp.mapped_value(name) }} as {{ name }},
            {%- endfor %}
            {{ seg2amp.plain_traits() }} as plain_traits
        from read
    ),

    grouped as (
        select
            *,
            case
                when group_traits_used
                then {{ seg2amp.call("read_text", "group_type_json") }}
                else '[Segment] Group'
            end as group_type,
            case
                when group_traits_used
                then {{ seg2amp.call("read_text", "group_value_json") }}
                else group_id
            end as group_value,
            coalesce(plain_traits like '%"$%', false) as traits_hold_operations
        from chosen
    )

select
    message_id,
    call_type,
    source_relation,
    source_table,
    source_line,
    received_at,
    received_at_ms,
    loaded_at,
    is_foreign,
    unreadable_reason,
    content_hash,
    row_id,
    landed_in,
    {{ seg2amp.message_key() }} as message_key,
    user_id,
    anonymous_id,
    context_device_id,
    nullif(device_id, '') as device_id,
    previous_id,
    unmap,
    group_id,
    nullif(group_type, '') as group_type,
    nullif(group_value, '') as group_value,
    event as sent_event,
    name as sent_name,
    category,
    has_name,
    has_category,
    {{ seg2amp.page_object() }} as page_object,
    timestamp_ms,
    original_timestamp_ms,
    sent_at_ms,
    time_is_misread,
    session_sent_ms,
    {%- for name in numbers %} {{ name }}, {%- endfor %}
    nullif(product_id, '') as product_id,
    nullif(revenue_type, '') as revenue_type,
    products,
    {{ seg2amp.products_are_no_array() }} as products_are_misread,
    order_object,
    nullif(advertising_id, '') as advertising_id,
    {%- for name in [
        "device_type",
        "device_brand",
        "device_manufacturer",
        "device_model",
        "os_name",
        "os_version",
        "app_version",
        "carrier",
        "language",
        "ip",
        "user_agent",
        "page_search",
        "page_url",
    ] %}
        nullif({{ name }}, '') as {{ name }},
    {%- endfor %}
    {%- for name in places %}
        {{
            (
                "coalesce(nullif(" ~ name ~ ", ''), nullif(" ~ name ~ "_elsewhere, ''))"
                if seg2amp.setting("place_from_traits")
                else "nullif(" ~ name ~ ", '')"
            )
        }} as {{ name }},
    {%- endfor %}
    {%- for name in ["user_agent_data_model", "user_agent_data_platform_version"] %}
        {{ name if keeps else "nullif(" ~ name ~ ", '')" }} as {{ name }},
    {%- endfor %}
    {%- for name in [
        "library_name",
        "referrer",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
        "email",
        "dma",
        "android_id",
        "event_id",
        "paying",
        "start_version",
    ] %}
        {{ name }},
    {%- endfor %}
    properties,
    {{
        seg2amp.any_has_empty_key(
            ["properties", seg2amp.page_object(), seg2amp.added_properties()]
        )
    }} as properties_hold_empty_key,
    traits,
    plain_traits,
    traits_hold_operations,
    {{
        seg2amp.any_has_empty_key(
            [
                "traits",
                (
                    "groups"
                    if seg2amp.setting("identify_groups_as_traits")
                    else "cast(null as text)"
                ),
                seg2amp.configured_operation("user_properties_set"),
                seg2amp.configured_operation("user_properties_set_once"),
                seg2amp.configured_operation("user_properties_add"),
            ]
        )
    }} as traits_hold_empty_key,
    {%- for operation, name in {
        "$set": "set",
        "$setOnce": "set_once",
        "$add": "add",
        "$append": "append",
        "$prepend": "prepend",
        "$unset": "unset",
    }.items() %}
        {% if operation in operations -%}
            case
                when traits_hold_operations
                then {{ seg2amp.json_leaf("plain_traits", [operation]) }}
            end
        {%- else -%} cast(null as text)
        {%- endif %} as traits_{{ name }},
    {%- endfor %}
    {{ seg2amp.traits_beside_operations() }},
    {%- for setting_name in seg2amp.traits_with_operation() %}
        {{ seg2amp.trait_operation(setting_name) }} as {{ setting_name }},
    {%- endfor %}
    groups,
    {{ seg2amp.groups_are_misformed("groups") }} as groups_are_misformed,
    {{ seg2amp.added_properties() }} as added_properties,
    {%- for name in ["user_properties_set", "user_properties_set_once", "user_properties_add"] %}
        {{ seg2amp.configured_operation(name) }}
        as {{ name | replace("user_properties", "setting") }},
    {%- endfor %}
    {%- for path, column in seg2amp.template_columns().items() %}
        {{ seg2amp.template_text(path) }} as {{ column }},
    {%- endfor %}
    consent_missing,
    opted_out_under,
    value_not_wanted,
    value_dropped,
    {{ seg2amp.misread_values() }} as misread_values
from grouped
