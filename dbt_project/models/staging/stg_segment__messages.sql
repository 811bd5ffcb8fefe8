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
{%- set strict = seg2amp.setting("strict_types") -%}
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
{%- set sessions = ["actions_session_id", "classic_session_id"] -%}
{%- set times = ["timestamp_ms", "original_timestamp_ms", "sent_at_ms"] -%}
{%- set texts = [
    "product_id",
    "revenue_type",
    "advertising_id",
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
] -%}
{%- set agent_data = ["user_agent_data_model", "user_agent_data_platform_version"] -%}
{%- set mapped = ["dma", "android_id", "event_id", "paying", "start_version"] -%}
{%- set mapped_values = {} -%}
{%- for name in mapped -%}
    {%- set json = name ~ "_json" -%}
    {%- set value = (
        "cast(null as "
        ~ seg2amp.type_name("double" if name == "event_id" else "text")
        ~ ")"
    ) -%}
    {%- if name in seg2amp.setting("mapped_fields") and name == "event_id" -%}
        {%- set value = seg2amp.read_number(json) -%}
    {%- elif name in seg2amp.setting("mapped_fields") -%}
        {%- set value = "nullif(" ~ seg2amp.call("read_text", json) ~ ", '')" -%}
    {%- endif -%}
    {%- do mapped_values.update({name: value}) -%}
{%- endfor -%}
{#- What settings ask of the groups, names and places of a message, each as SQL. -#}
{%- set none_asked = "cast(null as text)" -%}
{%- set groups = {
    "actions": "actions_groups",
    "classic": "classic_groups",
    "any": "coalesce(actions_groups, classic_groups)",
}[seg2amp.setting("session_id_source")] -%}
{%- set given_groups = groups -%}
{%- if not seg2amp.setting("event_groups_option") -%} {%- set given_groups = none_asked -%}
{%- elif not strict -%}
    {#- A number or boolean counts as text and null as nothing, as in the value of a group call. -#}
    {%- set given_groups = (
        "case when "
        ~ groups
        ~ " is not null then nullif("
        ~ seg2amp.json_texts(groups)
        ~ ", '{}') end"
    ) -%}
{%- endif -%}
{#- Groups hold texts and lists of texts. Source: Amplitude HTTP V2 API. -#}
{%- set gap, text = "[[:space:]]*", '"([^"\\\\]|\\\\.)*"' -%}
{%- set more_texts = "(" ~ gap ~ "," ~ gap ~ text ~ ")*" -%}
{%- set value = "(" ~ text ~ "|[[]" ~ gap ~ "(" ~ text ~ more_texts ~ ")?" ~ gap ~ "[]])" -%}
{%- set member = text ~ gap ~ ":" ~ gap ~ value -%}
{%- set members = member ~ "(" ~ gap ~ "," ~ gap ~ member ~ ")*" -%}
{%- set well_formed = "^[{]" ~ gap ~ "(" ~ members ~ ")?" ~ gap ~ "[}]$" -%}
{%- set misformed = (
    "coalesce(not " ~ seg2amp.regex_matches("trim(groups)", well_formed) ~ ", false)"
) -%}
{#- The type and value of a group come from its traits where the type's is there, or only where both are. -#}
{%- set group_type, group_value = (
    seg2amp.call("only_element", "group_type_json"),
    seg2amp.call("only_element", "group_value_json"),
) -%}
{%- set group_traits_used = "false" -%}
{%- if seg2amp.setting("group_type_trait") -%}
    {%- set group_traits_used = "coalesce(group_type_json <> 'null', false)" -%}
    {%- if seg2amp.setting("group_needs_both_traits") -%}
        {%- set both = [
            seg2amp.has_value("group_type_json"),
            seg2amp.has_value("group_value_json"),
        ] -%}
        {%- set group_traits_used = "coalesce(" ~ both | join(" and ") ~ ", false)" -%}
    {%- endif -%}
{%- endif -%}
{#- The traits that become plain user properties: those with an operation of their own are left out, of events too. -#}
{%- set plain_traits, apart = "traits", seg2amp.traits_with_operation().values() | sum(start=[]) -%}
{%- if apart -%}
    {%- set plain_traits = (
        "case when traits <> '{}' and call_type <> 'group' then nullif("
        ~ seg2amp.without_keys("traits", apart)
        ~ ", '{}') else traits end"
    ) -%}
{%- endif -%}
{%- set page_object = none_asked -%}
{%- if seg2amp.setting("page_name_in_properties") -%}
    {%- set pairs = {
        "category": seg2amp.path_json("category") | trim,
        "name": seg2amp.path_json("name") | trim,
    } -%}
    {%- set page_object = (
        "case when call_type in ('page', 'screen') then "
        ~ seg2amp.json_object(pairs)
        ~ " end"
    ) -%}
{%- endif -%}
{%- set event_keys = [seg2amp.call("has_empty_key", "properties")] -%}
{%- set trait_keys = [seg2amp.call("has_empty_key", "traits")] -%}
{%- do event_keys.append(seg2amp.call("has_empty_key", "page_object")) if seg2amp.setting("page_name_in_properties") -%}
{%- do event_keys.append(seg2amp.call("has_empty_key", "added_properties")) if seg2amp.added_properties() | trim != "cast(null as text)" -%}
{%- do trait_keys.append(seg2amp.call("has_empty_key", "groups")) if seg2amp.setting("identify_groups_as_traits") -%}
{%- for name in ["set", "set_once", "add"] if seg2amp.setting("user_properties_" ~ name) -%}
    {%- do trait_keys.append(seg2amp.call("has_empty_key", "setting_" ~ name)) -%}
{%- endfor -%}
{%- set rolling = "_rolling" if seg2amp.setting("javascript_dates") else "" -%}
{%- set read_time = (
    "read_time_epoch" if seg2amp.setting("digits_are_epoch") else "read_time_calendar"
) -%}
{%- set readings, read_from = {}, {} -%}
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
    (
        seg2amp.call(
            "read_session_" ~ seg2amp.setting("session_id_unit") ~ rolling, "each_value"
        ),
        sessions,
    ),
] -%}
    {%- for name in fields -%}
        {%- do readings.setdefault(reading, {}).update({name ~ "_read": name ~ "_json"}) -%}
        {%- do read_from.update({name: name ~ "_read"}) -%}
    {%- endfor -%}
{%- endfor -%}
{%- for name in times -%}
    {%- do read_from.update({name: name | replace("_ms", "_read")}) -%}
{%- endfor -%}
{%- set unread, as_typed, as_read, passed = [], [], [], [] -%}
{%- for name, type in columns.items() -%}
    {%- set nothing = "cast(null as " ~ seg2amp.type_name(type) ~ ") as " ~ name -%}
    {%- set typed = (
        seg2amp.call("scaled_session_" ~ seg2amp.setting("session_id_unit"), name)
        if name in sessions
        else name
    ) -%}
    {%- do unread.append(name if name in landed or name in odd_names else nothing) -%}
    {%- do as_typed.append(
        nothing
        if name not in landed
        else typed if typed == name else typed ~ " as " ~ name
    ) -%}
    {%- do as_read.append(
        "coalesce(" ~ typed ~ ", " ~ read_from[name] ~ ") as " ~ name
        if name in read_from
        else "read_alike.row_id as row_id" if name == "row_id" else name
    ) -%}
    {%- do passed.append(name) if name not in ids + ["event", "traits"] -%}
{%- endfor -%}
{%- set id_texts, text_columns, place_columns = [], [], [] -%}
{%- for name in ids + ["event"] -%}
    {%- do id_texts.append("nullif(" ~ name ~ ", '') as " ~ name) -%}
{%- endfor -%}
{%- for name in texts + agent_data -%}
    {%- do text_columns.append(
        name if keeps and name in agent_data else "nullif(" ~ name ~ ", '') as " ~ name
    ) -%}
{%- endfor -%}
{%- for name in places -%}
    {%- set text = "nullif(" ~ name ~ ", '')" -%}
    {%- set elsewhere = "nullif(" ~ name ~ "_elsewhere, '')" -%}
    {%- if seg2amp.setting("place_from_traits") -%}
        {%- set text = "coalesce(" ~ text ~ ", " ~ elsewhere ~ ")" -%}
    {%- endif -%}
    {%- do place_columns.append(text ~ " as " ~ name) -%}
{%- endfor %}
with
    tables as {{ seg2amp.read_in_place() }} (
        {%- for door in doors %}
            select {{ seg2amp.listed(landed, 16) }}
            from {{ ref("stg_segment__" ~ door) }} {{ "union all" if not loop.last }}
        {%- endfor %}
    ),

    odd as (select * from tables where odd_values is not null),

    opened as ({{ seg2amp.json_leaves("odd", "odd_values", landed, odd) }}),

    -- Values whose type did not say how they are read, beside those whose type did.
    unread as {{ seg2amp.read_in_place() }} (
        select {{ seg2amp.listed(unread, 12) }}
        from opened
        {%- if seg2amp.setting("raw_json_path") or seg2amp.setting("raw_json_relation") %}
            union all
            select {{ seg2amp.listed(columns.keys(), 12) }}
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
                    seg2amp.call(read_time ~ rolling, "each_value"): {
                        "timestamp_read": "timestamp_json",
                        "original_timestamp_read": "original_timestamp_json",
                        "sent_at_read": "sent_at_json",
                    }
                },
            )
        }}
    ),

    messages as (
        select {{ seg2amp.listed(as_typed, 12) }}
        from tables
        where odd_values is null
        union all
        select {{ seg2amp.listed(as_read, 12) }}
        from read_alike
        left join read_times on read_alike.row_id = read_times.row_id
    ),

    -- What settings ask for is chosen, and what they name by a path is looked up.
    read as (
        select
            {{ seg2amp.listed(passed, 12) }},
            {{ seg2amp.listed(id_texts, 12) }},
            {{ seg2amp.epoch_ms("received_at") }} as received_at_ms,
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
            {{ seg2amp.given_session("", "-1") }} as given_session_ms,
            {{ seg2amp.given_session("_json", "cast(null as text)") }} as session_id_json,
            {{ seg2amp.consent_missing() }} as consent_missing,
            {{ seg2amp.opt_out_name() }} as opted_out_under,
            {{ seg2amp.value_reason("only_where", false, "is not") }} as value_not_wanted,
            {{ seg2amp.value_reason("drop_where", true, "is") }} as value_dropped,
            {%- for name, path in seg2amp.setting("mapped_fields").items() %}
                {{ seg2amp.call("only_element", seg2amp.path_json(path)) }} as {{ name }}_json,
            {%- endfor %}
            {{ given_groups }} as groups,
            {%- for name in ["group_type", "group_value"] %}
                {%- set trait = seg2amp.setting(name ~ "_trait") %}
                {{ seg2amp.member_json("traits", [trait]) if trait else none_asked }}
                as {{ name }}_json,
            {%- endfor %}
            {#- Source: Segment's first server integration for Amplitude (Classic). -#}
            {%- for name in places if seg2amp.setting("place_from_traits") %}
                {%- set found = [] %}
                {%- for column in ["context_traits", "traits", "properties"] %}
                    {%- do found.append(seg2amp.member_json(column, ["address", name]) | trim) %}
                    {%- do found.append(seg2amp.member_json(column, [name]) | trim) %}
                {%- endfor %}
                {{
                    seg2amp.call(
                        "read_text",
                        seg2amp.call("only_element", "coalesce(" ~ found | join(", ") ~ ")"),
                    )
                }} as {{ name }}_elsewhere,
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
            {{ group_traits_used }} as group_traits_used,
            {%- for name in mapped %} {{ mapped_values[name] }} as {{ name }}, {%- endfor %}
            {{ plain_traits }} as plain_traits
        from read
    ),

    grouped as (
        select
            *,
            case
                when group_traits_used
                then {{ seg2amp.call("read_text", group_type) }}
                else '[Segment] Group'
            end as group_type,
            case
                when group_traits_used
                then {{ seg2amp.call("read_text", group_value) }}
                else group_id
            end as group_value,
            coalesce(plain_traits like '%"$%', false) as traits_hold_operations,
            {{ page_object }} as page_object,
            {{ seg2amp.added_properties() }} as added_properties,
            {{ seg2amp.configured_operation("user_properties_set") }} as setting_set,
            {{ seg2amp.configured_operation("user_properties_set_once") }} as setting_set_once,
            {{ seg2amp.configured_operation("user_properties_add") }} as setting_add
        from chosen
    )

select
    {{
        seg2amp.listed(
            [
                "message_id",
                "call_type",
                "source_relation",
                "source_table",
                "source_line",
                "received_at",
                "received_at_ms",
                "loaded_at",
                "is_foreign",
                "unreadable_reason",
                "content_hash",
                "row_id",
                "landed_in",
            ],
            4,
        )
    }},
    {{ "source_relation || '/' || " if seg2amp.setting("separate_sources") -}}
    coalesce(message_id, content_hash) as message_key,
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
    page_object,
    timestamp_ms,
    original_timestamp_ms,
    sent_at_ms,
    time_is_misread,
    session_sent_ms,
    {{ seg2amp.listed(numbers, 4) }},
    products,
    {%- if strict %}
        coalesce(
            call_type in ('track', 'page', 'screen')
            and products <> 'null'
            and left(products, 1) not in ('[', '{'),
            false
        )
    {%- else %} false
    {%- endif %} as products_are_misread,
    order_object,
    {{ seg2amp.listed(text_columns, 4) }},
    {{ seg2amp.listed(place_columns, 4) }},
    {{
        seg2amp.listed(
            [
                "library_name",
                "referrer",
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "utm_term",
                "utm_content",
                "email",
            ]
            + mapped,
            4,
        )
    }},
    properties,
    {{ event_keys | join(" or ") }} as properties_hold_empty_key,
    traits,
    plain_traits,
    traits_hold_operations,
    {{ trait_keys | join(" or ") }} as traits_hold_empty_key,
    {%- for operation, name in {
        "$set": "set",
        "$setOnce": "set_once",
        "$add": "add",
        "$append": "append",
        "$prepend": "prepend",
        "$unset": "unset",
    }.items() %}
        {%- set leaf = seg2amp.json_leaf("plain_traits", [operation]) | trim %}
        {{
            (
                "case when traits_hold_operations then " ~ leaf ~ " end"
                if operation in operations
                else "cast(null as text)"
            )
        }} as traits_{{ name }},
    {%- endfor %}
    {{ seg2amp.traits_beside_operations() }},
    {%- for setting_name in seg2amp.traits_with_operation() %}
        {{ seg2amp.trait_operation(setting_name) }} as {{ setting_name }},
    {%- endfor %}
    groups,
    {{ misformed if seg2amp.setting("event_groups_option") else "false" }} as groups_are_misformed,
    added_properties,
    setting_set,
    setting_set_once,
    setting_add,
    {%- for path, column in seg2amp.template_columns().items() %}
        {{ seg2amp.printed_name(seg2amp.path_json(path) | trim) }} as {{ column }},
    {%- endfor %}
    consent_missing,
    opted_out_under,
    value_not_wanted,
    value_dropped,
    {{ seg2amp.misread_values() }} as misread_values
from grouped
