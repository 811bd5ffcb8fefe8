{%- set groups_asked = seg2amp.setting("event_groups_option") != "" -%}
with
    changed_rows as (
        select *
        from {{ ref("int_identify_rows") }}
        where {{ seg2amp.changed() }} and {{ seg2amp.changed_landings() }}
    ),

    {{ seg2amp.with_user_properties("changed_rows") }},

    identify_rows as (
        select
            cast(insert_id as text) as insert_id,
            message_key,
            message_id,
            cast(row_rule_id as text) as rule_id,
            cast(0 as integer) as row_index,
            source_relation,
            source_table,
            received_at,
            latest_credible_ms,
            user_id,
            device_id,
            time,
            user_properties,
            user_properties_fault,
            traits_hold_empty_key,
            case
                call_type
                when 'group'
                then user_properties
                when 'identify'
                then {{ "groups" if groups_asked else "null" }}
            end as groups,
            call_type = 'identify' and groups_are_misformed as groups_are_misformed,
            {%- for name in seg2amp.device_fields() %}
                case
                    when call_type = 'identify' then {{ seg2amp.device_value(name) }}
                end as {{ name }},
            {%- endfor %}
            paying,
            start_version,
            library,
            {{
                (
                    "case when call_type = 'identify' then user_agent end"
                    if seg2amp.setting("include_raw_user_agent")
                    else "cast(null as text)"
                )
            }} as user_agent
        from faulted
        {%- if seg2amp.setting("user_properties_on") == "identify" %}
            where row_rule_id <> 'event_user_properties' or user_properties is not null
        {%- endif %}
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
                {{ seg2amp.time_violation() }},
                case
                    when groups_are_misformed
                    then 'groups hold something that is neither a text nor a list of texts'
                end,
                user_properties_fault,
                case
                    when
                        traits_hold_empty_key
                        and {{ seg2amp.call("has_empty_key", "user_properties") }}
                    then 'user_properties hold a property without a name'
                end
            ) as rejection_reason
        from identify_rows
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
    user_id,
    device_id,
    time,
    user_properties,
    groups,
    {%- for name in seg2amp.device_fields() %} {{ name }}, {%- endfor %}
    paying,
    start_version,
    library,
    user_agent,
    rejection_reason
from judged
