{#-
    The user properties of rows, as CTEs that end in `faulted`: `user_properties` (JSON), and `user_properties_fault`, what Amplitude's contract forbids
    about them, in words. What a message asks for by itself is joined with the operations that its traits hold.
      How plain traits and operations meet is the setting `wrap_plain_in_set`. beside_operations: plain properties go into $set wherever
      operations stand beside them, because Amplitude refuses a mixture; always: also where none does; never: as Segment sends it.
      Joined key by key, the message's word winning, where plain properties are wrapped. Else as Amplitude (Actions) has it: in version 2 of Log
      Event the message's operation replaces that of the traits; in version 1 and on identifies $set and $setOnce are merged key by key, on
      events the traits winning, on identifies the message; and there traits named utm_properties and referrer are left out.
    rows: a relation with the columns of the doors, `is_order` and the acquired_… texts. Source: both destinations, Amplitude Identify API.
-#}
{% macro with_user_properties(rows) -%}
    {%- set operations = seg2amp.user_property_operations() -%}
    {%- set wrap = seg2amp.setting("wrap_plain_in_set") -%}
    {%- set v1 = seg2amp.follows_v1() -%}
    {%- set texts = [] -%}
    {%- for name, text in seg2amp.acquired().items() if not text.startswith("cast(null") -%}
        {%- do texts.append(name) -%}
    {%- endfor -%}
    {%- set searches = {} -%}
    {%- for name, side in seg2amp.setting("map_query_params").items() -%}
        {%- do searches.update(
            {
                name: seg2amp.json_string(
                    "page_search"
                    if side == "user_properties"
                    else "case when call_type = 'identify' then page_search end"
                )
            }
        ) -%}
    {%- endfor -%}
    {%- set groups_too = seg2amp.setting("identify_groups_as_traits") and seg2amp.setting(
        "event_groups_option"
    ) -%}
    {%- set asked, joined, joined_names = [], {}, [] -%}
    {%- for operation, name in operations.items() -%}
        {%- do asked.append("asked_" ~ name) -%}
        {%- do joined.update({operation: "joined_" ~ name}) -%}
        {%- do joined_names.append("joined_" ~ name) -%}
    {%- endfor -%}
    acquired as (
        select
            *,
            {{ seg2amp.acquired_object(texts, "", "setting_set") }} as acquired_set,
            {{ seg2amp.acquired_object(texts, "initial_", "setting_set_once") }}
            as acquired_set_once,
            {%- if searches %}
                case
                    when call_type in ('track', 'page', 'screen', 'identify')
                    then nullif({{ seg2amp.json_object(searches) }}, '{}')
                end as searched,
            {%- endif %}
            {{ v1 }} as follows_v1
        from {{ rows }}
    ),

    {%- if searches or groups_too %}
        searched as (
            select
                *,
                {{
                    (
                        seg2amp.json_merged("acquired_set", "searched")
                        if searches
                        else "acquired_set"
                    )
                }} as searched_set
            from acquired
        ),
    {%- endif %}

    asked as (
        select
            *,
            {% if groups_too -%}
                {{
                    seg2amp.json_merged(
                        "searched_set", "case when call_type = 'identify' then groups end"
                    )
                }}
            {%- else -%} {{ "searched_set" if searches else "acquired_set" }}
            {%- endif %} as asked_set,
            {{
                (
                    seg2amp.json_merged("traits_to_set_once", "acquired_set_once")
                    if seg2amp.traits_with_operation()["traits_to_set_once"]
                    else "acquired_set_once"
                )
            }} as asked_set_once,
            case
                when call_type = 'identify'
                then
                    {{
                        (
                            "traits_to_increment"
                            if seg2amp.traits_with_operation()["traits_to_increment"]
                            else "null"
                        )
                    }}
                when call_type in ('track', 'page', 'screen') and not follows_v1
                then setting_add
            end as asked_add
            {%- for name in ["append", "prepend", "unset"] if "$" ~ name in operations %}
                , traits_to_{{ name }} as asked_{{ name }}
            {%- endfor %}
        from {{ "searched" if searches or groups_too else "acquired" }}
    ),

    joined as (
        select
            *
            {%- for name in operations.values() %}
                , {{ seg2amp.joined_operation(name) }} as joined_{{ name }}
            {%- endfor %}
            {%- if wrap == "never" %}
                ,
                case
                    when follows_v1 and other_traits is not null
                    then {{ seg2amp.without_keys("other_traits", ["utm_properties", "referrer"]) }}
                    else other_traits
                end as kept_traits
            {%- endif %}
        from asked
    ),

    {%- if wrap != "never" %}
        wrapped as (
            select *, {{ seg2amp.json_merged("other_traits", "joined_set") }} as wrapped_set
            from joined
        ),
        {%- do joined.update({"$set": "wrapped_set"}) -%}
    {%- endif %}

    combined as (
        select
            *,
            case
                when call_type = 'group'
                then
                    '{'
                    || {{ seg2amp.json_string("group_type") }}
                    || ':'
                    || {{ seg2amp.json_string("group_value") }}
                    || '}'
                {%- if wrap == "never" %}
                    when coalesce({{ asked | join(", ") }}) is null
                    then plain_traits
                    when kept_traits is null
                    then {{ seg2amp.json_object(joined) }}
                    else {{ seg2amp.json_merged("kept_traits", seg2amp.json_object(joined)) }}
                {%- else %}
                    when coalesce({{ joined_names | join(", ") }}, other_operations) is null
                    then
                        {{
                            (
                                "case when plain_traits = '{}' then plain_traits else '{\"$set\":' || plain_traits || '}' end"
                                if wrap == "always"
                                else "plain_traits"
                            )
                        }}
                    when other_operations is null
                    then {{ seg2amp.json_object(joined) }}
                    else {{ seg2amp.json_merged("other_operations", seg2amp.json_object(joined)) }}
                {%- endif %}
            end as user_properties
        from {{ "joined" if wrap == "never" else "wrapped" }}
    ),

    -- Only what somebody sent as an object is looked into.
    looked_into as (
        select
            *,
            case
                when
                    {{
                        (
                            "traits_hold_operations"
                            if wrap != "never"
                            else "user_properties like '%\"$%'"
                        )
                    }}
                then {{ seg2amp.call("json_operations", "user_properties") }}
            end as operations,
            case
                when
                    {{
                        (
                            "traits_hold_operations"
                            if wrap != "never"
                            else "user_properties like '%\"$%'"
                        )
                    }}
                then {{ seg2amp.call("json_plain", "user_properties") }}
            end as plain_properties,
            case
                when traits_hold_operations or asked_add is not null
                then {{ seg2amp.json_leaf("user_properties", ["$add"]) }}
            end as added_numbers
        from combined
    ),

    faulted as (
        select
            *,
            {{
                seg2amp.operations_fault(
                    "user_properties", "operations", "plain_properties", "added_numbers"
                )
            }} as user_properties_fault
        from looked_into
    )
{%- endmacro %}
