{{ config(materialized="ephemeral") }}
{%- set parts = [] -%}
{%- for schema in seg2amp.setting("segment_schemas") if execute -%}
    {%- for table in seg2amp.raw_tables(schema) -%}
        {#- A table that is left out is not scanned. -#}
        {%- set columns = table.columns -%}
        {%- set load_column = ["uuid_ts", "loaded_at"] | select("in", columns) | first -%}
        {%- set received = seg2amp.moment(
            "received_at" if "received_at" in columns else none,
            columns.get("received_at", ""),
        ) -%}
        {%- set loaded = seg2amp.load_time(table) or "cast(null as timestamp)" -%}
        {%- set part -%}
            select
                {{ seg2amp.quoted(table.schema) }} as source_relation,
                {{ seg2amp.quoted(table.name) }} as source_table,
                {% if table.calls -%} {{ seg2amp.quoted(table.calls | join(", ")) }}
                {%- else -%} cast(null as text)
                {%- endif %} as read_as,
                {% if table.left_out -%} {{ seg2amp.quoted(table.left_out) }}
                {%- else -%} cast(null as text)
                {%- endif %} as left_out,
                {% if table.calls -%}
                    count(*) as row_count,
                    min({{ received }}) as first_received_at,
                    max({{ received }}) as last_received_at,
                    max({{ loaded }}) as last_loaded_at,
                    cast(
                        avg({{ seg2amp.epoch_ms(loaded) }} - {{ seg2amp.epoch_ms(received) }})
                        / 3600000.0 as {{ seg2amp.type_name("double") }}
                    ) as load_lag_hours,
                {%- else -%}
                    cast(null as bigint) as row_count,
                    cast(null as timestamp) as first_received_at,
                    cast(null as timestamp) as last_received_at,
                    cast(null as timestamp) as last_loaded_at,
                    cast(null as {{ seg2amp.type_name("double") }}) as load_lag_hours,
                {%- endif %}
                {% if load_column -%} {{ seg2amp.quoted(load_column) }}
                {%- else -%} cast(null as text)
                {%- endif %} as load_time_column,
                {{ columns | length }} as columns,
                {{ seg2amp.quoted(columns | join(", ")) }} as column_names
            {%- if table.calls %} from {{ seg2amp.raw_rows(table) }}{%- endif %}
        {%- endset -%}
        {%- do parts.append(part) -%}
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
