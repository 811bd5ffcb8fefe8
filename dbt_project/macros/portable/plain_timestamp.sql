{#- A timestamp column in a type whose finest part is the microsecond, what is finer cut off. type: the column's, as information_schema has it. -#}
{% macro plain_timestamp(column, type) %}
    {{ return(adapter.dispatch("plain_timestamp", "seg2amp")(column, type)) }}
{% endmacro %}

{#- DuckDB rounds nanoseconds where it casts them, and with a zone most of its functions do not take them. -#}
{% macro default__plain_timestamp(column, type) -%}
    {%- if type in ("timestamp_ns", "timestamptz_ns") -%}
        {%- set ns -%}
            epoch_ns({{ column if type == "timestamp_ns" else "timezone('UTC', " ~ column ~ ")" }})
        {%- endset -%}
        make_timestamp(divide({{ ns }} - ({{ ns }} % 1000 + 1000) % 1000, 1000))
    {%- else -%} {{ column }}
    {%- endif -%}
{%- endmacro %}

{% macro postgres__plain_timestamp(column, type) -%} {{ column }} {%- endmacro %}
