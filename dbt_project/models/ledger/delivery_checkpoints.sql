{{
    seg2amp.empty_table(
        {
            "endpoint": "text",
            "lane": "integer",
            "position": "bigint",
            "run_id": "text",
            "updated_at": "timestamp",
        }
    )
}}
