{{
    seg2amp.empty_table(
        {
            "request_id": "text",
            "run_id": "text",
            "endpoint": "text",
            "lane": "integer",
            "group_id": "text",
            "first_position": "bigint",
            "last_position": "bigint",
            "row_count": "integer",
            "body_bytes": "bigint",
            "attempt": "integer",
            "status_code": "integer",
            "outcome": "text",
            "error": "text",
            "server_upload_time": "bigint",
            "sent_at": "timestamp",
            "duration_ms": "bigint",
        }
    )
}}
