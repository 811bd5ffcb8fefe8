{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        full_refresh=false,
        on_schema_change="append_new_columns",
    )
}}
{{
    seg2amp.empty_table(
        {
            "model": "text",
            "build_number": "bigint",
            "mapping_hash": "text",
            "is_whole": "boolean",
            "rows_removed": "bigint",
            "built_at": "timestamp",
            "invocation_id": "text",
        }
    )
}}
