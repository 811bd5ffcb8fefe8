{{
    seg2amp.empty_table(
        {
            "run_id": "text",
            "started_at": "timestamp",
            "finished_at": "timestamp",
            "outcome": "text",
            "base_url": "text",
            "loader_version": "text",
            "rows_pending": "bigint",
            "rows_delivered": "bigint",
            "rows_rejected": "bigint",
            "requests": "bigint",
            "error": "text",
        }
    )
}}
