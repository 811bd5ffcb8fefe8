{#- Stops the build where a schema of raw data is missing or holds no Segment table. -#}
{% macro check_sources() %}
    {%- for schema in seg2amp.setting("segment_schemas") if execute and schema != "segment_seeds" -%}
        {%- set tables = seg2amp.raw_tables(schema) -%}
        {%- if not tables -%}
            {{
                exceptions.raise_compiler_error(
                    "Schema `"
                    ~ schema
                    ~ "` is missing or empty; name your raw Segment schemas in the setting `segment_schemas`."
                )
            }}
        {%- elif not tables | selectattr("calls") | list -%}
            {{
                exceptions.raise_compiler_error(
                    "Schema `" ~ schema ~ "` holds no Segment table (" ~ seg2amp.call_tables()
                    | join(", ") ~ "); check the setting `segment_schemas`."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
