{%- if seg2amp.nothing_is_changed() -%} select * from {{ this }} where 1 = 0
{%- else -%}
    with
        messages as ({{ seg2amp.sent_messages("'alias'") }}),

        mapping_rows as (
            select
                message_key as insert_id,
                message_key,
                message_id,
                'alias' as rule_id,
                cast(0 as integer) as row_index,
                source_relation,
                source_table,
                received_at,
                coalesce(unmap, previous_id) as user_id,
                case when unmap is null then user_id end as global_user_id,
                unmap is not null as unmap,
                time
            from messages
            where {{ seg2amp.changed() }} and {{ seg2amp.changed_landings() }}
        )

    select
        *,
        case
            when user_id is null
            then 'no user_id to map (previousId is missing)'
            when global_user_id is null and not unmap
            then 'no global_user_id (userId is missing)'
            when user_id = global_user_id
            then
                'a user cannot be mapped to itself'
                {{ seg2amp.when_id_is_wrong("user_id") }}
                {{ seg2amp.when_id_is_wrong("global_user_id") }}
        end as rejection_reason
    from mapping_rows
{%- endif -%}
