{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        full_refresh=false,
        on_schema_change="fail",
    )
}}
with
    ready as (select * from ({{ seg2amp.changed_rows() }}) as rows where rejection_reason is null),

    {%- if is_incremental() %}
        held as (select insert_id from {{ this }}),

        last_load as (
            select coalesce(max(load_id), 0) as load_id, coalesce(max(position), 0) as position
            from {{ this }}
        ),
    {%- else %} last_load as (select 0 as load_id, 0 as position),
    {%- endif %}

    people as ({{ seg2amp.people_of_devices("select device_id from ready") }}),

    new_rows as (
        select ready.*, coalesce(ready.person_key, people.user_id, ready.device_id) as lane_key
        from ready
        left join people on ready.device_id = people.device_id
        {%- if is_incremental() %}
            left join held on ready.insert_id = held.insert_id where held.insert_id is null
        {%- endif %}
    ),

    laned as (
        select *, strpos('0123456789abcdef', left(md5(lane_key), 1)) - 1 as lane
        from ({{ seg2amp.with_suppression("new_rows") }}) as asked
        where suppression_reason is null
    ),

    placed as (
        select
            laned.*,
            last_load.load_id + 1 as load_id,
            last_load.position
            + row_number() over (order by {{ seg2amp.delivery_order() }}) as position
        from laned
        cross join last_load
    ),

    economised as ({{ seg2amp.economised_rows("placed") }})

select
    cast(load_id as bigint) as load_id,
    cast(position as bigint) as position,
    endpoint,
    cast(lane as integer) as lane,
    lane_key as person_key,
    kind,
    insert_id,
    message_id,
    rule_id,
    user_id,
    device_id,
    event_time,
    cast(
        {{ seg2amp.setting("min_id_length") if seg2amp.setting("min_id_length") != 5 else "null" }}
        as integer
    ) as min_id_length,
    '{{ seg2amp.setting("endpoint_region") }}' as endpoint_region,
    case
        when user_properties_left_out
        then {{ seg2amp.without_user_properties("payload", "user_properties") }}
        else payload
    end as payload,
    user_properties_left_out,
    person_state,
    {{ seg2amp.utc_now() }} as appended_at
from economised
