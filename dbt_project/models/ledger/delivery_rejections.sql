{{
    seg2amp.empty_table(
        {
            "run_id": "text",
            "request_id": "text",
            "insert_id": "text",
            "endpoint": "text",
            "lane": "integer",
            "position": "bigint",
            "message_id": "text",
            "field": "text",
            "reason": "text",
            "status_code": "integer",
            "reply": "text",
            "rejected_at": "timestamp",
            "retried_at": "timestamp",
        }
    )
}}
