{#-
    All lines of raw JSON, those of the files of `raw_json_path` and those of `raw_json_relation`, in the canonical message shape. Files are
    read where they are new or have changed, the relation as a warehouse table is. A message that does not say when Segment received it, and
    a line that is none, lie within every window.
-#}
{% macro messages_from_raw_json() %}
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
    {%- set found = seg2amp.no_messages() -%}
    {%- if parts -%}
        {%- set found = seg2amp.parsed_lines(parts | join("\nunion all\n"), window) -%}
    {%- endif -%}
    {{ seg2amp.landed(found, "(" ~ kept | join(")\nor (") ~ ")" if kept else "1 = 0") }}
{% endmacro %}
