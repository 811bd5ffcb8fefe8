{%- set stats = "messages, first_seen, last_seen" -%}
with
    aliases as (
        select
            source_relation,
            user_id,
            previous_id as other_user_id,
            count(*) as messages,
            min(seen_ms) as first_seen,
            max(seen_ms) as last_seen
        from {{ ref("int_messages_routed") }}
        where
            call_type = 'alias'
            and (outcome = 'mapped' or rule_id = 'alias_off')
            and previous_id <> user_id
        group by source_relation, user_id, previous_id
    ),

    pairs as (
        select source_relation, user_id, other_user_id, 0 as by_email, {{ stats }}
        from aliases
        union all
        select source_relation, user_id, other_user_id, 1 as by_email, {{ stats }}
        from {{ ref("int_identity_emails") }}
    ),

    others as (
        select
            source_relation,
            user_id,
            other_user_id,
            max(by_email) as by_email,
            sum(messages) as messages,
            min(first_seen) as first_seen,
            max(last_seen) as last_seen,
            row_number() over (
                partition by source_relation, user_id order by min(first_seen), other_user_id
            ) as place
        from pairs
        group by source_relation, user_id, other_user_id
    )

select
    source_relation,
    user_id,
    {{ seg2amp.first_ids("other_user_id", "place") }} as other_user_ids,
    max(by_email) as by_email,
    cast(sum(messages) as bigint) as messages,
    min(first_seen) as first_seen,
    max(last_seen) as last_seen
from others
group by source_relation, user_id
