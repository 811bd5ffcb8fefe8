{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        full_refresh=false,
        on_schema_change="fail",
    )
}}
{%- set routed, sessions = ref("int_messages_routed"), ref("int_sessions_derived") -%}
{%- set everyone = ref("int_devices_identified") -%}
{#- Properties with these operations, or with a dollar sign in disguise, may not be sent twice. -#}
{%- set unrepeatable = ["ready.user_properties not like '%u0024%'"] -%}
{%- for name in ["add", "append", "prepend", "preInsert", "postInsert", "remove", "clearAll"] -%}
    {%- do unrepeatable.append("ready.user_properties not like '%\"$" ~ name ~ "\"%'") -%}
{%- endfor -%}
{%- set messages = none -%}
{%- if seg2amp.last_build() is not none -%}
    {%- set messages -%}
        select message_key from {{ routed }} where {{ seg2amp.changed() }}
        union
        select message_key from {{ sessions }} where {{ seg2amp.changed() }}
    {%- endset -%}
{%- endif -%}
{%- set min_id_length = seg2amp.setting("min_id_length") -%}
{%- set narrow, passed = [], [] -%}
{%- for name in [
    "insert_id",
    "message_key",
    "row_index",
    "endpoint",
    "kind",
    "kind_order",
    "user_id",
    "device_id",
    "event_time",
] -%}
    {%- do narrow.append("ready." ~ name) -%}
{%- endfor -%}
{%- for name in [
    "kind",
    "insert_id",
    "message_id",
    "rule_id",
    "user_id",
    "device_id",
    "event_time",
] -%}
    {%- do passed.append("ready." ~ name) -%}
{%- endfor -%}
{%- set economises = seg2amp.setting("user_properties_when_changed") %}
with
    rendered as ({{ seg2amp.rows_of_marts(messages) }}),

    ready as (select * from rendered where rejection_reason is null),

    {%- if is_incremental() %}
        last_load as (
            select coalesce(max(load_id), 0) as load_id, coalesce(max(position), 0) as position
            from {{ this }}
        ),
    {%- else %} last_load as (select 0 as load_id, 0 as position),
    {%- endif %}

    -- The first user of each device; a later build asks for few, since all take a look at every
    -- message.
    people as (
        {%- if not is_incremental() and execute %}select * from {{ everyone }}
        {%- else %}{{ seg2amp.identified_devices("select device_id from ready") }}
        {%- endif %}
    ),

    -- What is sorted and numbered is narrow: payloads are joined at the end.
    new_rows as (
        select
            {{ seg2amp.listed(narrow, 12) }},
            coalesce(ready.person_key, people.user_id, ready.device_id) as lane_key
            {%- if economises %}
                ,
                ready.user_properties is not null
                and not coalesce(skip_user_properties_sync, false) as tells_of_person,
                {{ seg2amp.state_said("ready") }} as state_said,
                {{ unrepeatable | join(" and ") }} as can_be_repeated
            {%- endif %}
        from ready
        left join people on ready.device_id = people.device_id
        {%- if is_incremental() %}
            where ready.insert_id not in (select insert_id from {{ this }})
        {%- endif %}
    ),

    sent as (
        select *, strpos('0123456789abcdef', left(md5(lane_key), 1)) - 1 as lane
        from ({{ seg2amp.with_suppression("new_rows") }}) as asked
        where suppression_reason is null
    ),

    -- By endpoint, the identify form first, then by lane and time, the identify before its event.
    placed as (
        select
            sent.*,
            last_load.load_id + 1 as load_id,
            last_load.position + row_number() over (
                order by
                    case when endpoint = 'identify' then 0 else 1 end,
                    endpoint,
                    lane,
                    event_time,
                    kind_order,
                    message_key,
                    row_index,
                    insert_id
            ) as position
        from sent
        cross join last_load
    ),

    {%- if not economises %}
        economised as (
            select
                *,
                -- Equal to no state, since nothing is known of what these rows change.
                case when kind in ('event', 'identify') then 'not compared' end as person_state,
                false as user_properties_left_out
            from placed
        )
    {%- else %}
        {%- if is_incremental() %}
            recent as (
                select *
                from {{ this }}
                where
                    appended_at > {{ seg2amp.utc_now() }} - interval '1' day
                    and person_key in (select lane_key from placed)
            ),

            joined_before as (
                select distinct user_id, device_id
                from recent
                where user_id is not null and device_id is not null
            ),

            last_said as (
                select max(position) as position
                from recent
                where person_state is not null and not user_properties_left_out
                group by person_key
            ),

            said_before as (
                select recent.person_key, recent.person_state as state
                from recent
                inner join last_said on recent.position = last_said.position
            ),
        {%- endif %}

        touching as (
            select
                placed.*,
                entangled.user_id is not null as is_entangled,
                placed.user_id is not null and placed.device_id is not null
                {%- if is_incremental() %} and joined_before.user_id is null
                {%- endif %}
                and row_number() over (
                    partition by placed.user_id, placed.device_id order by placed.position
                )
                = 1 as joins_device
            from placed
            left join
                {{ ref("int_users_entangled") }} as entangled on placed.lane_key = entangled.user_id
            {%- if is_incremental() %}
                left join
                    joined_before
                    on placed.user_id = joined_before.user_id
                    and placed.device_id = joined_before.device_id
            {%- endif %}
        ),

        stated as (
            select
                *,
                case
                    when kind not in ('event', 'identify')
                    then null
                    when tells_of_person and not is_entangled and can_be_repeated
                    then state_said
                    when tells_of_person or joins_device
                    then md5(insert_id)
                end as person_state
            from touching
        ),

        followed as (
            select
                stated.*,
                coalesce(
                    lag(person_state) over (
                        partition by lane_key, person_state is null order by position
                    ),
                    {{ "said_before.state" if is_incremental() else "null" }}
                ) as state_before
            from stated
            {%- if is_incremental() %}
                left join said_before on stated.lane_key = said_before.person_key
            {%- endif %}
        ),

        economised as (
            select
                *,
                kind = 'event'
                and tells_of_person
                and not joins_device
                and coalesce(person_state = state_before, false) as user_properties_left_out
            from followed
        )
    {%- endif %}

select
    cast(economised.load_id as bigint) as load_id,
    cast(economised.position as bigint) as position,
    ready.endpoint,
    cast(economised.lane as integer) as lane,
    economised.lane_key as person_key,
    {{ seg2amp.listed(passed, 4) }},
    cast({{ min_id_length if min_id_length != 5 else "null" }} as integer) as min_id_length,
    '{{ seg2amp.setting("endpoint_region") }}' as endpoint_region,
    case
        when user_properties_left_out
        then {{ seg2amp.call("without_user_properties", ["payload", "user_properties"]) }}
        else payload
    end as payload,
    user_properties_left_out,
    person_state,
    {{ seg2amp.utc_now() }} as appended_at
from ready
inner join
    economised
    on ready.message_key = economised.message_key
    and ready.row_index = economised.row_index
    and ready.insert_id = economised.insert_id
