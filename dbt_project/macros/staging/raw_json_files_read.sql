{#-
    What builds before this one have read of the files of raw JSON: file, bytes, modified_at, read_window, read_in; no row where
    `stg_segment__raw_json` must take in everything anew.
-#}
{% macro raw_json_files_read() %}
    {%- set last = seg2amp.last_build("stg_segment__raw_json") -%}
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
{% endmacro %}
