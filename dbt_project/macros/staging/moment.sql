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

{#- The same by the functions' names, for what is built. -#}
{% macro arrival(column, type) -%}
    {%- if type.startswith("timestamp") -%}
        {{ seg2amp.call("known_moment", seg2amp.utc_timestamp(column, type)) }}
    {%- else -%}
        {%- set ms = seg2amp.call(
            "read_time_epoch", seg2amp.column_json(column, type, arrays=false)
        ) -%}
        {{ seg2amp.call("known_moment", seg2amp.epoch_timestamp(ms)) }}
    {%- endif -%}
{%- endmacro %}

{#- A timestamp column without zone, in UTC. -#}
{% macro utc_timestamp(column, type) -%}
    {%- set plain = seg2amp.plain_timestamp(seg2amp.quoted_name(column), type) -%}
    {%- set has_zone = "with time zone" in type or "tz" in type -%}
    {{ seg2amp.naive_utc(plain) if has_zone else plain }}
{%- endmacro %}
