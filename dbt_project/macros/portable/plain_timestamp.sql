{#- A timestamp column in a type that date functions take: DuckDB has none for nanoseconds with a zone. -#}
{% macro plain_timestamp(column, type) -%}
    {%- if type == "timestamptz_ns" -%} cast({{ column }} as timestamptz)
    {%- else -%} {{ column }}
    {%- endif -%}
{%- endmacro %}
