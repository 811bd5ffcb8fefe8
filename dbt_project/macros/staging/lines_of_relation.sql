{#- The lines of a relation of raw JSON, a portion of `raw_json_portions`, as `parsed_lines` takes them. -#}
{% macro lines_of_relation(portion) -%}
    select
        {{ seg2amp.quoted(portion.table.schema) }} as source_relation,
        {{ seg2amp.quoted(portion.table.name) }} as source_table,
        {% if "line" in portion.table.columns -%} cast({{ seg2amp.quoted_name("line") }} as bigint)
        {%- else -%} cast(null as bigint)
        {%- endif %} as source_line,
        coalesce({{ portion.raw }}, '') as raw,
        cast(null as text) as problem,
        {{ portion.loaded_at or "cast(null as timestamp)" }} as loaded_at
    from {{ seg2amp.raw_rows(portion.table) }}
    {%- if portion.since %}
        where coalesce({{ portion.loaded_at }} >= {{ portion.since }}, true)
    {%- endif %}
{%- endmacro %}
