{{ config(materialized="table") }}
{%- set read_window = seg2amp.quoted(
    seg2amp.setting("read_since") ~ "/" ~ seg2amp.setting("read_until")
) %}
with
    found as ({{ seg2amp.raw_json_files() }}),

    before as ({{ seg2amp.raw_json_files_read() }}),

    -- A file that was read whole holds nothing more, whatever the window is now.
    compared as (
        select
            found.*,
            before.bytes as bytes_read,
            before.modified_at as modified_at_read,
            before.read_window,
            before.read_in,
            coalesce(
                before.bytes = found.bytes
                and before.modified_at = found.modified_at
                and before.read_window in ('/', {{ read_window }}),
                false
            ) as is_read
        from found
        left join before on found.file = before.file
    ),

    judged as (select *, not is_read and not is_outside as to_read from compared)

select
    file,
    source_relation,
    case when to_read then bytes else bytes_read end as bytes,
    case when to_read then modified_at else modified_at_read end as modified_at,
    case when to_read then {{ read_window }} else read_window end as read_window,
    case when to_read then {{ seg2amp.build_number() }} else read_in end as read_in,
    {{ seg2amp.quoted(seg2amp.setting("raw_json_column")) }} as json_column,
    to_read
from judged
