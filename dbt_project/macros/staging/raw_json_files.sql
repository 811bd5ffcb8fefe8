{#-
    The files that `raw_json_path` names now: file, bytes, modified_at (naive UTC), source_relation (the folder that stands for its source, or
    `raw_json`) and is_outside, whether its path says that it holds no message of the window that is read. No row where the setting is empty.
    Source: Segment's archive, `segment-logs/{source}/{day on which Segment received it, epoch ms}/{file}.gz`.
-#}
{% macro raw_json_files() %}
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
    select
        file,
        bytes,
        modified_at,
        coalesce({{ seg2amp.regex_group("file", source, 2) }}, 'raw_json') as source_relation,
        coalesce({{ seg2amp._day_outside_window("file") }}, false) as is_outside
    from ({{ parts | join("\nunion\n") or seg2amp.empty_table(nothing) }}) as files
{% endmacro %}

{#- A day more on either side, since it is Segment's day and not ours to know what its hours are. -#}
{% macro _day_outside_window(file) -%}
    {%- set text = seg2amp.regex_group(file, "(^|/)segment-logs/[^/]+/([0-9]{13})/", 2) -%}
    {%- set day = seg2amp.epoch_timestamp(seg2amp.try_cast(text, "bigint")) -%}
    {%- set since, until = seg2amp.setting("read_since"), seg2amp.setting("read_until") -%}
    {%- set conditions = [] -%}
    {%- if since -%}
        {%- do conditions.append(
            day ~ " + interval '2' day <= " ~ seg2amp.moment_literal(since)
        ) -%}
    {%- endif -%}
    {%- if until -%}
        {%- do conditions.append(
            day ~ " - interval '1' day >= " ~ seg2amp.moment_literal(until)
        ) -%}
    {%- endif -%}
    {{ conditions | join(" or ") or "false" }}
{%- endmacro %}
