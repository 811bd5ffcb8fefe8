{{ config(materialized="view") }}
-- depends_on: {{ ref("stg_segment__raw_json_files") }}
{{
    seg2amp.empty_table(
        {
            "file": "text",
            "source_line": "bigint",
            "raw": "text",
            "problem": "text",
            "read_in": "bigint",
        }
    )
}}
