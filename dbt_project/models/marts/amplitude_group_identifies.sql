{%- set never = seg2amp.setting("wrap_plain_in_set") == "never" -%}
{%- set passed = [
    "message_key",
    "message_id",
    "source_relation",
    "source_table",
    "received_at",
    "user_id",
    "device_id",
    "time",
    "group_type",
    "group_value",
    "group_properties",
] -%}
{%- if seg2amp.nothing_is_changed() -%} select * from {{ this }} where 1 = 0
{%- else -%}
    with
        messages as ({{ seg2amp.sent_messages("'group'") }}),

        parted as (
            select
                *,
                coalesce(traits like '%"$%', false) as holds_operations,
                case
                    when traits like '%"$%' then {{ seg2amp.call("json_operations", "traits") }}
                end as sent_operations,
                case
                    when traits like '%"$%' then {{ seg2amp.call("json_plain", "traits") }}
                end as sent_plain
            from messages
            where
                {{ seg2amp.changed() }} and {{ seg2amp.changed_landings() }}
                {%- if not seg2amp.setting("group_properties_of_fallback") %}
                    and group_type <> '[Segment] Group'
                {%- endif %}
        ),

        {%- if not never %}
            wrapped as (
                select *, {{ seg2amp.json_merged("sent_plain", "traits_set") }} as wrapped_set
                from parted
            ),
        {%- endif %}

        combined as (
            select
                *,
                {%- if not never %}
                    -- Plain properties beside operations go into $set, because Amplitude refuses a
                    -- mixture.
                    case
                        when sent_operations <> '{}' and sent_plain <> '{}'
                        then
                            {{
                                seg2amp.json_merged(
                                    "sent_operations",
                                    seg2amp.json_object({"$set": "wrapped_set"}),
                                )
                            }}
                        else
                            {{
                                (
                                    "traits"
                                    if seg2amp.setting("strict_types")
                                    else "coalesce(traits, '{}')"
                                )
                            }}
                    end as group_properties
                {%- else %}
                    {{ "traits" if seg2amp.setting("strict_types") else "coalesce(traits, '{}')" }}
                    as group_properties
                {%- endif %}
            from {{ "parted" if never else "wrapped" }}
        ),

        looked_into as (
            select
                *,
                case
                    when holds_operations
                    then {{ seg2amp.call("json_operations", "group_properties") }}
                end as operations,
                case
                    when holds_operations then {{ seg2amp.call("json_plain", "group_properties") }}
                end as plain_properties,
                case
                    when holds_operations then {{ seg2amp.json_leaf("group_properties", ["$add"]) }}
                end as added_numbers
            from combined
        ),

        faulted as (
            select
                *,
                {{
                    seg2amp.call(
                        "json_operations_fault",
                        ["operations", "plain_properties", "added_numbers"],
                    )
                }} as fault
            from looked_into
        )

    select
        message_key || '-g' as insert_id,
        'group_properties' as rule_id,
        cast(1 as integer) as row_index,
        {{ seg2amp.listed(passed, 4) }},
        case when call_type = 'group' then 'segment' end as library,
        case
            when group_properties is null
            then 'no group_properties'
            when length(group_type) > 1024 or length(group_value) > 1024
            then 'group type or value is longer than 1024 characters'
            when fault is not null
            then 'group_properties ' || fault
            when traits_hold_empty_key and {{ seg2amp.call("has_empty_key", "group_properties") }}
            then 'group_properties hold a property without a name'
        end as rejection_reason
    from faulted
{%- endif -%}
