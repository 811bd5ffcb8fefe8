{#-
    The user properties of rows, as CTEs that end in `faulted`: `user_properties` (JSON), and `user_properties_fault`, what Amplitude's contract forbids
    about them, in words. What a message asks for by itself is joined with the operations that its traits hold.
      How plain traits and operations meet is the setting `wrap_plain_in_set`. beside_operations: plain properties go into $set wherever
      operations stand beside them, because Amplitude refuses a mixture; always: also where none does; never: as Segment sends it.
      Joined key by key, the message's word winning, where plain properties are wrapped. Else as Amplitude (Actions) has it: in version 2 of Log
      Event the message's operation replaces that of the traits; in version 1 and on identifies $set and $setOnce are merged key by key, on
      events the traits winning, on identifies the message; and there traits named utm_properties and referrer are left out.
      In version 2 of Log Event the object of a setting, where that is not empty, takes the place of campaign and referrer.
    rows: a relation with the columns of the doors, `is_order` and the acquired_… texts. Source: both destinations, Amplitude Identify API.
-#}
{% macro with_user_properties(rows) -%}
    {%- set operations = seg2amp.user_property_operations() -%}
    {%- set wrap = seg2amp.setting("wrap_plain_in_set") -%}
    {%- set has_operations = (
        "traits_hold_operations" if wrap != "never" else "user_properties like '%\"$%'"
    ) -%}
    {%- set adds = "traits_hold_operations or asked_add is not null" -%}
    {%- set operations_of, plain_of = (
        seg2amp.call("json_operations", "user_properties"),
        seg2amp.call("json_plain", "user_properties"),
    ) -%}
    {%- set added_of = seg2amp.json_leaf("user_properties", ["$add"]) | trim -%}
    {%- set group_type, group_value = (
        seg2amp.json_string("group_type"),
        seg2amp.json_string("group_value"),
    ) -%}
    {%- set texts = [] -%}
    {%- for name, text in seg2amp.acquired().items() if not text.startswith("cast(null") -%}
        {%- do texts.append(name) -%}
    {%- endfor -%}
    {%- set increments = seg2amp.traits_with_operation()["traits_to_increment"] -%}
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
    {%- set set_column = "searched_set" if searches else "acquired_set" -%}
    {%- set groups_of_call = "case when call_type = 'identify' then groups end" -%}
    {%- set given, filled, set, set_once = [], [], {}, {} -%}
    {%- for name in texts -%}
        {%- do given.append("acquired_" ~ name) -%}
        {%- do filled.append("nullif(acquired_" ~ name ~ ", '')") -%}
        {%- do set.update({name: seg2amp.json_string("acquired_" ~ name)}) -%}
        {%- do set_once.update({"initial_" ~ name: seg2amp.json_string("acquired_" ~ name)}) -%}
    {%- endfor -%}
    {%- set any_given = "coalesce(" ~ (given + ["null"]) | join(", ") ~ ") is not null" -%}
    {%- set any_filled = "coalesce(" ~ (filled + ["null"]) | join(", ") ~ ") is not null" -%}
    {%- set asked, joined, joined_names = [], {}, [] -%}
    {%- for operation, name in operations.items() -%}
        {%- do asked.append("asked_" ~ name) -%}
        {%- do joined.update({operation: "joined_" ~ name}) -%}
        {%- do joined_names.append("joined_" ~ name) -%}
    {%- endfor -%}
    told as (
        select
            *,
            {{ seg2amp.follows_v1() }} as follows_v1,
            call_type in ('track', 'page', 'screen', 'identify') as is_of_a_person,
            {#- Version 1 speaks up for an empty UTM value already where empty texts are kept. -#}
            {%- if seg2amp.setting("keep_empty_text") %}
                ({{ seg2amp.follows_v1() }} and {{ any_given }}) or {{ any_filled }}
            {%- else %} {{ any_given }}
            {%- endif %} as is_acquired
        from {{ rows }}
    ),

    acquired as (
        select
            *,
            {%- for name, pairs in {"set": set, "set_once": set_once}.items() %}
                {%- set configured = seg2amp.setting("user_properties_" ~ name) %}
                {%- if pairs or configured %}
                    case
                        {%- if configured %}
                            when is_of_a_person and not follows_v1 then setting_{{ name }}
                        {%- endif %}
                        when is_of_a_person and is_acquired
                        then {{ seg2amp.json_object(pairs) }}
                    end
                {%- else %} cast(null as text)
                {%- endif %} as acquired_{{ name }},
            {%- endfor %}
            {%- if searches %}
                case when is_of_a_person then nullif({{ seg2amp.json_object(searches) }}, '{}') end
            {%- else %} cast(null as text)
            {%- endif %} as searched
        from told
    ),

    {%- if searches %}
        searched as (
            select *, {{ seg2amp.json_merged("acquired_set", "searched") }} as searched_set
            from acquired
        ),
    {%- endif %}

    asked as (
        select
            *,
            {{ seg2amp.json_merged(set_column, groups_of_call) if groups_too else set_column }}
            as asked_set,
            {{
                (
                    seg2amp.json_merged("traits_to_set_once", "acquired_set_once")
                    if seg2amp.traits_with_operation()["traits_to_set_once"]
                    else "acquired_set_once"
                )
            }} as asked_set_once,
            case
                when call_type = 'identify'
                then {{ "traits_to_increment" if increments else "null" }}
                when call_type in ('track', 'page', 'screen') and not follows_v1
                then setting_add
            end as asked_add
            {%- for name in ["append", "prepend", "unset"] if "$" ~ name in operations %}
                , traits_to_{{ name }} as asked_{{ name }}
            {%- endfor %}
        from {{ "searched" if searches else "acquired" }}
    ),

    joined as (
        select
            *
            {%- for name in operations.values() %}
                {%- set own, asked = "traits_" ~ name, "asked_" ~ name -%},
                {%- if wrap != "never" %} {{ seg2amp.json_merged(own, asked) }}
                {%- elif name not in ("set", "set_once") %} coalesce({{ asked }}, {{ own }})
                {%- else %}
                    case
                        when not follows_v1
                        then coalesce({{ asked }}, {{ own }})
                        when call_type = 'identify'
                        then {{ seg2amp.json_merged(own, asked) }}
                        else {{ seg2amp.json_merged(asked, own) }}
                    end
                {%- endif %} as joined_{{ name }}
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

    rendered as (
        select *, {{ seg2amp.json_object(joined) }} as all_operations
        from {{ "joined" if wrap == "never" else "wrapped" }}
    ),

    combined as (
        select
            *,
            case
                when call_type = 'group'
                then '{' || {{ group_type }} || ':' || {{ group_value }} || '}'
                {%- if wrap == "never" %}
                    when coalesce({{ asked | join(", ") }}) is null
                    then plain_traits
                    when kept_traits is null
                    then all_operations
                    else {{ seg2amp.json_merged("kept_traits", "all_operations") }}
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
                    then all_operations
                    else {{ seg2amp.json_merged("other_operations", "all_operations") }}
                {%- endif %}
            end as user_properties
        from rendered
    ),

    -- Only what somebody sent as an object is looked into.
    looked_into as (
        select
            *,
            case when {{ has_operations }} then {{ operations_of }} end as operations,
            case when {{ has_operations }} then {{ plain_of }} end as plain_properties,
            case when {{ adds }} then {{ added_of }} end as added_numbers
        from combined
    ),

    faulted as (
        select
            *,
            'user_properties '
            || {{
                seg2amp.call(
                    "json_operations_fault", ["operations", "plain_properties", "added_numbers"]
                )
            }} as user_properties_fault
        from looked_into
    )
{%- endmacro %}
