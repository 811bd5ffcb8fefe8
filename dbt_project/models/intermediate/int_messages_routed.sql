{{ config(materialized="incremental", incremental_strategy="by_message") }}
{#- The settings pick the sources of a time, in this order. -#}
{%- set rules = seg2amp.routing_rules() -%}
{%- set first_source = seg2amp.setting("time_source") -%}
{%- set agents = ref("int_user_agents_parsed") -%}
{%- set products = ref("stg_segment__products") -%}
{%- set passed = [
    "message_key",
    "change_number",
    "row_id",
    "landed_in",
    "message_id",
    "call_type",
    "source_relation",
    "source_table",
    "source_line",
    "received_at",
    "received_at_ms",
    "event",
    "name",
    "original_name",
    "user_id",
    "device_id",
    "previous_id",
    "email",
    "time_told",
    "time",
    "time_from",
    "latest_credible_ms",
    "seen_ms",
    "session_sent_ms",
    "is_order",
    "revenue",
    "rule_id",
] -%}
{%- set match = seg2amp.setting("order_completed_match") -%}
{%- if seg2amp.nothing_is_changed() -%} select * from {{ this }} where 1 = 0
{%- else -%}
    with
        messages as (
            select
                latest.*,
                nullif(timestamp_ms, 0) as timestamp_told,
                nullif(original_timestamp_ms, 0) as original_told,
                received_at_ms
                - (nullif(sent_at_ms, 0) - nullif(original_timestamp_ms, 0)) as corrected_ms,
                coalesce(received_at_ms, 4102444800000) + 86400000 as latest_credible_ms,
                {%- if seg2amp.setting("log_event_version") == 1 %} false as is_order,
                {%- elif match == "exact" %}
                    coalesce(call_type = 'track' and event = 'Order Completed', false) as is_order,
                {%- else %}
                    coalesce(
                        call_type = 'track'
                        and {{
                            seg2amp.regex_matches(
                                "lower(event)",
                                "^[ _]?completed[ _]?order[ _]?|^[ _]?order[ _]?completed[ _]?$",
                            )
                        }},
                        false
                    ) as is_order,
                {%- endif %}
                call_type in ('track', 'page', 'screen') as is_event,
                {{
                    (
                        "true"
                        if seg2amp.setting("group_properties_of_fallback")
                        else "group_type <> '[Segment] Group'"
                    )
                }} as has_group_properties,
                {{
                    (
                        [
                            seg2amp.page_kind_tracked("named"),
                            seg2amp.page_kind_tracked("categorized"),
                            seg2amp.page_kind_tracked("all"),
                        ]
                        | join(" or ")
                        if seg2amp.setting("page_emit") != "one"
                        else "true"
                    )
                }} as is_tracked_page
            from {{ ref("int_messages_latest") }} as latest
            where {{ seg2amp.changed() }} and {{ seg2amp.changed_landings() }}
        ),

        timed as (
            select
                *,
                coalesce(
                    {{
                        seg2amp.time_sources() | reject(
                            "equalto", "received_at_ms" if first_source != "received_at" else ""
                        ) | join(", ")
                    }},
                    timestamp_ms
                ) as time_told,
                case
                    {%- for column in seg2amp.time_sources() %}
                        when {{ column }} is not null
                        then '{{ seg2amp.time_source_names()[column] }}'
                    {%- endfor %}
                end as time_from
            from messages
        ),

        {%- if seg2amp.setting("strict_types") %}
            products as (
                select row_id as product_row_id, min(type_reason) as product_reason
                from {{ products }}
                group by row_id
            ),
        {%- endif %}

        {%- if seg2amp.setting("drop_bots") %}
            robots as (select user_agent as robot from {{ agents }} where is_bot),
        {%- endif %}

        judged as (
            select
                timed.*,
                {{
                    (
                        "coalesce(nullif(time_told, 0), received_at_ms)"
                        if seg2amp.setting("missing_time_is_received_at")
                        else "nullif(time_told, 0)"
                    )
                }} as time,
                case
                    when coalesce(time_told between 978307200000 and latest_credible_ms, true)
                    then coalesce(time_told, received_at_ms)
                    else received_at_ms
                end as seen_ms,
                {%- if seg2amp.setting("strict_types") %} product_reason,
                {%- endif %}
                {%- if seg2amp.setting("drop_bots") %} robot is not null as is_bot,
                {%- endif %}
                nullif(
                    concat_ws(
                        '; ',
                        misread_values,
                        case
                            when is_event and time_is_misread and time_told is null
                            then 'time cannot be read as time'
                        end
                    ),
                    ''
                ) as type_reason
            from timed
            {%- if seg2amp.setting("strict_types") %}
                left join products on timed.row_id = products.product_row_id
            {%- endif %}
            {%- if seg2amp.setting("drop_bots") %}
                left join robots on timed.user_agent = robots.robot
            {%- endif %}
        ),

        ruled as (
            select
                *,
                case
                    {%- for rule in rules %} when {{ rule.when }} then '{{ rule.id }}' {%- endfor %}
                end as rule_id
            from judged
        )

    select
        {{ seg2amp.listed(passed, 4) }},
        anonymous_id is not null as has_anonymous_id,
        case
            when call_type = 'screen'
            then true
            when call_type = 'page' or library_name = 'analytics.js'
            then false
            else
                {{
                    seg2amp.regex_matches(
                        "lower(coalesce(library_name, ''))",
                        "(^|[^a-z])(ios|android|kotlin|swift|react-native|flutter|xamarin)",
                    )
                }}
                or {{
                    seg2amp.regex_matches(
                        "lower(coalesce(device_type, ''))", "^(ios|ipados|android)"
                    )
                }}
                or
                {{ seg2amp.regex_matches("lower(coalesce(os_name, ''))", "^(ios|ipados|android)") }}
        end as is_mobile,
        case
            when
                rule_id in (
                    '{{ rules | selectattr("outcome", "equalto", "mapped") | map(attribute="id") | join("',
                    '") }}'
                )
            then 'mapped'
            when
                rule_id in (
                    '{{ rules | selectattr("outcome", "equalto", "rejected") | map(attribute="id") | join("',
                    '") }}'
                )
            then 'rejected'
            else 'dropped'
        end as outcome,
        case
            rule_id
            {%- for rule in rules if rule.reason %} when '{{ rule.id }}' then {{ rule.reason }}
            {%- endfor %}
        end as reason
    from ruled
{%- endif -%}
