-- The loader reads a lane as one range of positions and sends it in that order: by time, and at
-- one time identifies before events.
with
    last_load as (
        select *
        from {{ ref("amplitude_outbox") }}
        where load_id = (select max(load_id) from {{ ref("amplitude_outbox") }})
    ),

    numbered as (
        select
            *,
            lag(position) over lane_order as position_before,
            lag(event_time) over lane_order as time_before,
            lag(kind) over lane_order as kind_before
        from last_load
        window lane_order as (partition by endpoint, lane order by position)
    )

select insert_id, endpoint, lane, position
from numbered
where
    position_before <> position - 1
    or time_before > event_time
    or (time_before = event_time and kind_before = 'event' and kind = 'identify')
