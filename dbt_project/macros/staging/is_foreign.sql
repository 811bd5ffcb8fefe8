{#- SQL: whether the event of a row has a table of another name. -#}
{% macro is_foreign(table, call_type) -%}
    {%- if call_type == "track" and table.name != "tracks" and "event" in table.columns -%}
        coalesce(
            ltrim(lower(cast({{ seg2amp.quoted_name("event") }} as text)), '_')
            <> {{ seg2amp.quoted(table.name.lstrip("_")) }},
            false
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}
