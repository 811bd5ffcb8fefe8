{#-
    Rows that are about to enter the outbox, with `person_state` and `user_properties_left_out`, by the rule of `user_properties_when_changed`:
    an event leaves out its user properties where, of all rows of its person that may change them (those with a `person_state`), the
    one before it in the order of `position` has the same state. Between the two nothing was said of the person, so saying it again
    changes nothing: not what Amplitude holds of the person, and not what it shows on the event, which takes its values from there.
    Identifies never leave anything out. Rows with $skip_user_properties_sync neither read nor write the person: they keep
    theirs, and do not count as said.
    What earlier loads said counts for a day. A value that never arrived, because Amplitude refused its row or a load held it back, or that
    somebody else has changed there, is so said anew.
        A person's state is a mark of the user properties that Amplitude holds of them once a row has come: where two rows of a person follow one
    another with the same mark, the second changes nothing. NULL for a row that leaves them alone. Properties that can be repeated have a mark
    of who they are for and what they say; any other row that may change them has one of its own. Those are: operations such as $add; the
    first row of a user on a device, with which Amplitude joins the device's anonymous past to the user; and all rows of users in
    `int_users_entangled`.
    rows: the name of a relation with the rows' ids, position, lane_key (whose row it is), tells_of_person, state_said and can_be_repeated.
-#}
{% macro economised_rows(rows) -%}
    {%- if not seg2amp.setting("user_properties_when_changed") -%}
        select
            *,
            -- Equal to no state, since nothing is known of what these rows change.
            case when kind in ('event', 'identify') then 'not compared' end as person_state,
            false as user_properties_left_out
        from {{ rows }}
    {%- else -%}
        with
            {{ seg2amp._said_before(rows) if is_incremental() }}
            touching as (
                select
                    {{ rows }}.*,
                    entangled.user_id is not null as is_entangled,
                    {{ rows }}.user_id is not null and {{ rows }}.device_id is not null
                    {%- if is_incremental() %} and joined_before.user_id is null
                    {%- endif %}
                    and row_number() over (
                        partition by {{ rows }}.user_id, {{ rows }}.device_id
                        order by {{ rows }}.position
                    )
                    = 1 as joins_device
                from {{ rows }}
                left join
                    {{ ref("int_users_entangled") }} as entangled
                    on {{ rows }}.lane_key = entangled.user_id
                {%- if is_incremental() %}
                    left join
                        joined_before
                        on {{ rows }}.user_id = joined_before.user_id
                        and {{ rows }}.device_id = joined_before.device_id
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
            )

        select
            *,
            kind = 'event'
            and tells_of_person
            and not joins_device
            and coalesce(person_state = state_before, false) as user_properties_left_out
        from followed
    {%- endif -%}
{%- endmacro %}

{#- What the outbox tells of the persons of these rows: the users known on a device, and the state that was said last. -#}
{% macro _said_before(rows) -%}
    recent as (
        select *
        from {{ this }}
        where
            appended_at > {{ seg2amp.utc_now() }} - interval '1' day
            and person_key in (select lane_key from {{ rows }})
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
{%- endmacro %}
