{#-
    A warehouse column that tells when a message happened, as JSON. A timestamp is epoch milliseconds, which costs less than text, where
    no reader can take them for seconds or microseconds (1974 to 5138), else ISO text; one that ISO has no words for, such as infinity,
    stays the engine's text, which then is no date. Other types are as in every column.
-#}
{% macro column_time_json(column, type) -%}
    {%- set quoted = seg2amp.quoted_name(column) -%}
    {%- set time = seg2amp.plain_timestamp(quoted, type) -%}
    {%- set ms = seg2amp.epoch_ms(time) -%}
    {%- if type.startswith("timestamp") -%}
        case
            when {{ ms }} between 126230400000 and 99999999999999
            then cast({{ ms }} as text)
            else
                {{
                    seg2amp.json_string(
                        "coalesce(" ~ seg2amp.iso_text(time) ~ ", cast(" ~ quoted ~ " as text))"
                    )
                }}
        end
    {%- elif type == "date" -%}
        {{
            seg2amp.json_string(
                "coalesce(" ~ seg2amp.iso_date(quoted) ~ ", cast(" ~ quoted ~ " as text))"
            )
        }}
    {%- else -%} {{ seg2amp.column_json(column, type) }}
    {%- endif -%}
{%- endmacro %}
