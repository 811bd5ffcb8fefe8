{#- One raw table in the columns of `audit_sources`; a table that is left out is not scanned. table: as raw_tables gives it. -#}
{% macro source_summary(table) -%}
    {%- set columns = table.columns -%}
    {%- set load_column = ["uuid_ts", "loaded_at"] | select("in", columns) | first -%}
    {%- set received = seg2amp.moment(
        "received_at" if "received_at" in columns else none,
        columns.get("received_at", ""),
    ) -%}
    {%- set loaded = seg2amp.load_time(table) or "cast(null as timestamp)" -%}
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
{%- endmacro %}
