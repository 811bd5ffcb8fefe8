{#- A column that tells a moment, as a timestamp or as date text, as a naive timestamp in UTC; NULL where there is no such column. -#}
{% macro moment(column, type) -%}
    {%- if not column -%} cast(null as timestamp)
    {%- elif type.startswith("timestamp") -%} {{ seg2amp.naive_utc(seg2amp.quoted_name(column)) }}
    {%- else -%}
        {{
            seg2amp.epoch_timestamp(
                seg2amp.iso_ms("cast(" ~ seg2amp.quoted_name(column) ~ " as text)")
            )
        }}
    {%- endif -%}
{%- endmacro %}
