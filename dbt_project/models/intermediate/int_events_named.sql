{%- set letters = {"named": "", "categorized": "-c", "all": "-a"} -%}
with
    messages as (
        select
            routed.*,
            {%- if seg2amp.setting("derive_sessions") %} derived.session_id
            {%- else %} cast(null as bigint)
            {%- endif %} as derived_session_id
        from {{ ref("int_messages_routed") }} as routed
        {%- if seg2amp.setting("derive_sessions") %}
            left join
                {{ ref("int_sessions_derived") }} as derived
                on routed.message_key = derived.message_key
        {%- endif %}
        where outcome = 'mapped' and call_type in ('track', 'page', 'screen')
    ),

    named as (
        {%- if seg2amp.setting("page_emit") == "one" %}
            select
                *,
                case
                    when call_type = 'track' then event else {{ seg2amp.page_name() }}
                end as event_type,
                '' as insert_id_suffix,
                rule_id as row_rule_id
            from messages
        {%- else %}
            select *, event as event_type, '' as insert_id_suffix, rule_id as row_rule_id
            from messages
            where call_type = 'track'
            {%- for kind in letters if seg2amp.setting("track_" ~ kind ~ "_pages") %}
                union all
                select
                    *,
                    {{ seg2amp.page_kind_name(kind) }} as event_type,
                    '{{ letters[kind] }}' as insert_id_suffix,
                    rule_id || '_{{ kind }}' as row_rule_id
                from messages
                where call_type in ('page', 'screen') and {{ seg2amp.page_kind_tracked(kind) }}
            {%- endfor %}
        {%- endif %}
    ),

    priced as (
        select
            *,
            {{ seg2amp.event_revenue() }} as event_revenue,
            {{ seg2amp.whole_number("quantity") }} as whole_quantity
        from named
    )

select *, {{ seg2amp.price_is_whole("event_revenue") }} as sends_price
from priced
