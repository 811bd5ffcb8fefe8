{#- Stops the build where a schema of raw data is missing or holds no Segment table. -#}
{% macro check_sources() %}
    {%- set known = ["tracks", "pages", "screens", "identifies", "groups", "aliases"] -%}
    {%- for schema in seg2amp.setting("segment_schemas") if execute and schema != "segment_seeds" -%}
        {%- set tables = seg2amp.segment_tables(schema) -%}
        {%- if not tables -%}
            {{
                exceptions.raise_compiler_error(
                    "Schema `"
                    ~ schema
                    ~ "` is missing or empty; name your raw Segment schemas in the setting `segment_schemas`."
                )
            }}
        {%- elif not (known | select("in", tables) | list) and not seg2amp.event_tables(tables) -%}
            {{
                exceptions.raise_compiler_error(
                    "Schema `" ~ schema ~ "` holds no Segment table (" ~ known
                    | join(", ") ~ "); check the setting `segment_schemas`."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
