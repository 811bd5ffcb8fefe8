{#-
    All lines of raw JSON, those of the files of `raw_json_path` and those of `raw_json_relation`, parsed once. Files are read where they are new
    or have changed, the relation as a warehouse table is. A message that does not say when Segment received it, and a line that is none, lie
    within every window.
-#}
{% macro landed_raw_json() %}
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
        {%- do parts.append(seg2amp.lines_of_files(files, lines)) -%}
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
            {%- do parts.append(seg2amp.lines_of_relation(portion)) -%}
            {%- if portion.since -%}
                {%- do kept.append(
                    rows ~ " and coalesce(loaded_at < " ~ portion.since ~ ", false)"
                ) -%}
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
        {%- set found = seg2amp._parsed_lines(parts | join("\nunion all\n"), window) -%}
    {%- endif -%}
    {{
        seg2amp.landed(
            found, "(" ~ kept | join(")\nor (") ~ ")" if kept else "1 = 0", "raw_json"
        )
    }}
{% endmacro %}

{#-
    lines   SQL: source_relation, source_table, source_line, raw, problem (why it is no line, NULL where it is one), loaded_at
    window  condition on received_at
-#}
{% macro _parsed_lines(lines, window) %}
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

    with
        lines as ({{ lines }}),

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
{% endmacro %}
