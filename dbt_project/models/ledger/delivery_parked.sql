{{
    seg2amp.empty_table(
        {
            "group_id": "text",
            "run_id": "text",
            "endpoint": "text",
            "lane": "integer",
            "person_key": "text",
            "first_position": "bigint",
            "last_position": "bigint",
            "position": "bigint",
            "reason": "text",
            "error": "text",
            "retry_at": "timestamp",
            "parked_at": "timestamp",
            "released_at": "timestamp",
        }
    )
}}
