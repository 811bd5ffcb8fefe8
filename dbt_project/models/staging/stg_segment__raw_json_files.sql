{#-
    The files that `raw_json_path` names now: file, bytes, modified_at (naive UTC), source_relation (the folder that stands for its source, or
    `raw_json`) and is_outside, whether its path says that it holds no message of the window that is read. No row where the setting is empty.
    Source: Segment's archive, `segment-logs/{source}/{day on which Segment received it, epoch ms}/{file}.gz`.
-#}
{{ config(materialized="table") }}
{%- set read_window = seg2amp.quoted(
    seg2amp.setting("read_since") ~ "/" ~ seg2amp.setting("read_until")
) -%}
{%- set folder = modules.re.escape(seg2amp.setting("raw_json_source_folder")) -%}
{%- set source = "(^|/)" ~ folder | replace("'", "''") ~ "/([^/]+)/" -%}
{%- set parts = [] -%}
{%- for path in seg2amp.setting("raw_json_path") -%}
    {%- do parts.append(seg2amp.files_of_path(path)) -%}
    {%- if execute and this is not none -%}
        {#- An archive that is suddenly empty is a mistake: going on would let go of all its messages. -#}
        {%- set found = run_query("select count(*) from (" ~ parts | last ~ ") as files") -%}
        {%- if found[0][0] == 0 -%}
            {{
                exceptions.raise_compiler_error(
                    "Setting `raw_json_path`: there is no file `"
                    ~ path
                    ~ "`; a folder's files are named by `/**` at its end."
                )
            }}
        {%- endif -%}
    {%- endif -%}
{%- endfor -%}
{%- set nothing = {"file": "text", "bytes": "bigint", "modified_at": "timestamp"} %}
{#- A day more on either side, since it is Segment's day and not ours to know what its hours are. -#}
{%- set text = seg2amp.regex_group("file", "(^|/)segment-logs/[^/]+/([0-9]{13})/", 2) -%}
{%- set day = seg2amp.epoch_timestamp(seg2amp.try_cast(text, "bigint")) -%}
{%- set since, until = seg2amp.setting("read_since"), seg2amp.setting("read_until") -%}
{%- set conditions = [] -%}
{%- if since -%}
    {%- do conditions.append(day ~ " + interval '2' day <= " ~ seg2amp.moment_literal(since)) -%}
{%- endif -%}
{%- if until -%}
    {%- do conditions.append(day ~ " - interval '1' day >= " ~ seg2amp.moment_literal(until)) -%}
{%- endif -%}
{%- set last = seg2amp.last_build("stg_segment__raw_json") -%}
with
    found as (
        select
            file,
            bytes,
            modified_at,
            coalesce({{ seg2amp.regex_group("file", source, 2) }}, 'raw_json') as source_relation,
            coalesce({{ conditions | join(" or ") or "false" }}, false) as is_outside
        from ({{ parts | join("\nunion\n") or seg2amp.empty_table(nothing) }}) as files
    ),

    -- What builds before this one have read of them; nothing where all must be taken in anew.
    before as (
        {%- if last is none or not load_cached_relation(this) -%}
            {{
                seg2amp.empty_table(
                    {
                        "file": "text",
                        "bytes": "bigint",
                        "modified_at": "timestamp",
                        "read_window": "text",
                        "read_in": "bigint",
                    }
                )
            }}
        {%- else -%}
            select file, bytes, modified_at, read_window, read_in
            from {{ this }}
            where read_in <= {{ last }}
        {%- endif -%}
    ),

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
