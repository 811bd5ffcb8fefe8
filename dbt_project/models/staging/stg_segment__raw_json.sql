{#-
    All lines of raw JSON, those of the files of `raw_json_path` and those of `raw_json_relation`, parsed once. Files are read where they are new
    or have changed, the relation as a warehouse table is. A message that does not say when Segment received it, and a line that is none, lie
    within every window.
-#}
{{
    config(
        post_hook="{% if seg2amp.setting('raw_json_path') %}delete from {{ ref('stg_segment__raw_json_lines') }}{% endif %}"
    )
}}
{%- set files = ref("stg_segment__raw_json_files") -%}
{%- set lines = ref("stg_segment__raw_json_lines") -%}
{%- set portions = seg2amp.raw_json_portions() -%}
{%- set window = seg2amp.read_window("received_at") | join(" and ") -%}
{%- set window = "coalesce(" ~ window ~ ", true)" if window else "1 = 1" -%}
{%- if seg2amp.last_build() is not none -%}
    {%- do seg2amp.find_new(portions, window) -%}
{%- endif -%}
{%- set parts, named, kept = [], [], [] -%}
{%- if seg2amp.setting("raw_json_path") -%}
    {%- set pending = "to_read" -%}
    {%- if seg2amp.last_build() is not none -%}
        {%- set pending = "(to_read and read_in > " ~ seg2amp.last_build() ~ ")" -%}
    {%- endif -%}
    {%- do seg2amp.check_lines_are_read(pending) -%}
    {%- set read_lines %}
    select
        files.source_relation,
        lines.file as source_table,
        lines.source_line,
        lines.raw,
        lines.problem,
        files.modified_at as loaded_at
    from {{ lines }} as lines
    inner join {{ files }} as files on lines.file = files.file and lines.read_in = files.read_in
    where files.to_read and lines.source_line is not null

    {%- endset -%}
    {%- do parts.append(read_lines) -%}
    {%- do named.append("source_table in (select file from " ~ files ~ ")") -%}
    {%- do kept.append(
        "source_table in (select file from " ~ files ~ " where not " ~ pending ~ ")"
    ) -%}
{%- endif -%}
{%- for portion in portions -%}
    {%- set rows = seg2amp.portion_rows(portion) -%}
    {%- do named.append(rows) -%}
    {%- if portion.unchanged -%} {%- do kept.append(rows) -%}
    {%- else -%}
        {%- set read_lines %}
    select
        {{ seg2amp.quoted(portion.table.schema) }} as source_relation,
        {{ seg2amp.quoted(portion.table.name) }} as source_table,
        {% if "line" in portion.table.columns -%} cast({{ seg2amp.quoted_name("line") }} as bigint)
        {%- else -%} cast(null as bigint)
        {%- endif %} as source_line,
        coalesce({{ portion.raw }}, '') as raw,
        cast(null as text) as problem,
        {{ portion.loaded_at or "cast(null as timestamp)" }} as loaded_at
    from {{ seg2amp.raw_rows(portion.table) }}
    {%- if portion.since %}
        where coalesce({{ portion.loaded_at }} >= {{ portion.since }}, true)
    {%- endif %}

        {%- endset -%}
        {%- do parts.append(read_lines) -%}
        {%- if portion.since -%}
            {%- do kept.append(rows ~ " and coalesce(loaded_at < " ~ portion.since ~ ", false)") -%}
        {%- endif -%}
    {%- endif -%}
{%- endfor -%}
{%- if named -%}
    {%- do kept.append("(" ~ named | join(" or ") ~ ") and not " ~ window) -%}
{%- endif -%}
{%- set found = seg2amp.empty_table(
    dict(seg2amp.landed_columns("raw_json"), content_hash="text")
) -%}
{%- if parts -%}

    {%- set leaves = [
        {"name": "message_id_json", "path": ["messageId"]},
        {"name": "call_type_json", "path": ["type"]},
        {"name": "received_at_json", "path": ["receivedAt"]},
    ] -%}
    {%- for field in seg2amp.message_fields() if not (field.by_setting and field.name != "context") -%}
        {%- do leaves.append({"name": field.name ~ "_json", "path": field.path}) -%}
        {%- do leaves.append({"name": field.name ~ "_also_json", "path": field.also}) if field.also -%}
    {%- endfor -%}
    {%- set place = ["source_relation", "source_table", "source_line", "loaded_at"] -%}
    {%- set keep = place + ["content_hash", "unreadable_reason"] %}

    {%- set found %}
    with
        lines as ({{ parts | join("\nunion all\n") }}),

        judged as (
            select
                {{ place | join(", ") }},
                md5(raw) as content_hash,
                coalesce(problem, {{ seg2amp.unreadable_reason("raw") }}) as unreadable_reason,
                raw
            from lines
        ),

        readable as (
            select *, case when unreadable_reason is null then raw else '{}' end as json from judged
        ),

        parsed as ({{ seg2amp.json_leaves("readable", "json", keep, leaves) }}),

        clocked as (
            select *, {{ seg2amp.call("read_time_epoch", "received_at_json") }} as received_ms
            from parsed
        ),

        messages as (
            select
                *,
                nullif({{ seg2amp.json_text("message_id_json") }}, '') as message_id,
                case
                    when call_type_json like '"%' then {{ seg2amp.json_text("call_type_json") }}
                end as call_type,
                {{ seg2amp.known_moment(seg2amp.epoch_timestamp("received_ms")) }} as received_at,
                false as is_foreign
            from clocked
        )

    select {{ seg2amp.landed_columns("raw_json") | join(", ") }}, content_hash
    from messages
    where {{ window }}

    {%- endset -%}
{%- endif -%}
{{ seg2amp.landed(found, "(" ~ kept | join(")\nor (") ~ ")" if kept else "1 = 0", "raw_json") }}
