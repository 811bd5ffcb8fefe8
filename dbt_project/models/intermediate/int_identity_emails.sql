with
    identifies as (
        select source_relation, user_id, lower(trim(email)) as email, seen_ms as seen
        from {{ ref("int_messages_routed") }}
        where outcome = 'mapped' and call_type = 'identify' and user_id is not null
    ),

    owners as (
        select
            source_relation,
            email,
            user_id,
            count(*) as messages,
            min(seen) as first_seen,
            max(seen) as last_seen
        from identifies
        where {{ seg2amp.is_email("email") }}
        group by source_relation, email, user_id
    ),

    compared as (
        select
            *,
            first_value(user_id) over (
                partition by email order by first_seen, user_id
            ) as first_user_id
        from owners
    )

select
    source_relation,
    first_user_id as user_id,
    user_id as other_user_id,
    cast(sum(messages) as bigint) as messages,
    min(first_seen) as first_seen,
    max(last_seen) as last_seen
from compared
where user_id <> first_user_id
group by source_relation, first_user_id, user_id
