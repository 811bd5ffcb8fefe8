{%- set groups_asked = seg2amp.setting("event_groups_option") != "" -%}
{%- set version = seg2amp.setting("version_name") -%}
{#- What the message's context says of a device, else what its user agent tells. -#}
{%- set values = {
    "device_type": "agent_device_type",
    "language": "locale_language",
    "country": "coalesce(country, locale_country)",
} -%}
{%- for name in ["os_name", "os_version", "device_manufacturer", "device_model"] -%}
    {%- do values.update({name: "coalesce(" ~ name ~ ", agent_" ~ name ~ ")"}) -%}
{%- endfor -%}
{%- if version -%}
    {%- do values.update(
        {"app_version": "coalesce(app_version, " ~ seg2amp.quoted(version) ~ ")"}
    ) -%}
{%- endif -%}
{%- if seg2amp.nothing_is_changed() -%} select * from {{ this }} where 1 = 0
{%- else -%}
    with
        changed_rows as (
            select *
            from {{ ref("int_identify_rows") }}
            where {{ seg2amp.changed() }} and {{ seg2amp.changed_landings() }}
        ),

        {{ seg2amp.with_user_properties("changed_rows") }},

        judged as (
            select
                *,
                case
                    when user_id is null and device_id is null
                    then
                        'neither user_id nor device_id'
                        {{ seg2amp.when_id_is_wrong("user_id") }}
                        {{ seg2amp.when_id_is_wrong("device_id") }}
                        {{ seg2amp.when_time_is_wrong() }}
                    when call_type = 'identify' and groups_are_misformed
                    then 'groups hold something that is neither a text nor a list of texts'
                    when user_properties_fault is not null
                    then user_properties_fault
                    when
                        traits_hold_empty_key
                        and {{ seg2amp.call("has_empty_key", "user_properties") }}
                    then 'user_properties hold a property without a name'
                end as rejection_reason
            from faulted
            {%- if seg2amp.setting("user_properties_on") == "identify" %}
                where row_rule_id <> 'event_user_properties' or user_properties is not null
            {%- endif %}
        )

    select
        cast(insert_id as text) as insert_id,
        message_key,
        message_id,
        cast(row_rule_id as text) as rule_id,
        cast(0 as integer) as row_index,
        source_relation,
        source_table,
        received_at,
        user_id,
        device_id,
        time,
        user_properties,
        case
            call_type
            when 'group'
            then user_properties
            when 'identify'
            then {{ "groups" if groups_asked else "null" }}
        end as groups,
        {%- for name in seg2amp.device_fields() %}
            case when call_type = 'identify' then {{ values.get(name, name) }} end as {{ name }},
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
        }} as user_agent,
        rejection_reason
    from judged
{%- endif -%}
