{#- A column that tells when a row was received or loaded, of any type, as `known_moment` knows it; NULL where there is no such column. -#}
{% macro moment(column, type) -%}
    {%- if not column -%} cast(null as timestamp)
    {%- elif type.startswith("timestamp") -%}
        {{
            seg2amp.known_moment(
                seg2amp.naive_utc(seg2amp.plain_timestamp(seg2amp.quoted_name(column), type))
            )
        }}
    {%- else -%}
        {%- set ms = seg2amp.json_time_ms(seg2amp.column_json(column, type, arrays=false), true) -%}
        {{ seg2amp.known_moment(seg2amp.epoch_timestamp(ms)) }}
    {%- endif -%}
{%- endmacro %}
