{{ config(materialized="ephemeral") }}
{%- set parts = [] -%}
{%- for schema in seg2amp.setting("segment_schemas") if execute -%}
    {%- for table in seg2amp.raw_tables(schema) -%}
        {%- do parts.append(seg2amp.source_summary(table)) -%}
    {%- endfor -%}
{%- endfor -%}
{%- set shape = {
    "source_relation": "text",
    "source_table": "text",
    "read_as": "text",
    "left_out": "text",
    "row_count": "bigint",
    "first_received_at": "timestamp",
    "last_received_at": "timestamp",
    "last_loaded_at": "timestamp",
    "load_lag_hours": "double",
    "load_time_column": "text",
    "columns": "integer",
    "column_names": "text",
} -%}
{{ parts | join("\nunion all\n") or seg2amp.empty_table(shape) }}
