{%- set letters = {"named": "", "categorized": "-c", "all": "-a"} -%}
with
    messages as (
        select *
        from {{ ref("int_messages_sessionised") }}
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
            {%- for kind in letters if seg2amp.page_kind_tracked(kind) != "false" %}
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

    earning as (select *, {{ seg2amp.event_revenue() }} as event_revenue from named),

    priced as (
        select
            *,
            case
                when {{ seg2amp.price_from_revenue() }} then event_revenue else price
            end as event_price,
            case
                when {{ seg2amp.price_from_revenue() }}
                then 1
                else {{ seg2amp.whole_number("quantity") }}
            end as whole_quantity
        from earning
    )

select
    *,
    {{ seg2amp.event_properties() }} as event_properties,
    {{ seg2amp.price_is_whole("event_revenue") }} as sends_price
from priced
