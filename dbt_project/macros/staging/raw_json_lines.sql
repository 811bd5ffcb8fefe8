{#-
    The lines of raw Segment JSON: from the relation `raw_json_relation` (columns line, raw) or from the file
    `raw_json_path`, else none. Columns source_relation, source_line (1 for the first), raw.
-#}
{% macro raw_json_lines() -%}
    {%- set relation = seg2amp.setting("raw_json_relation") -%}
    {%- set path = seg2amp.setting("raw_json_path") -%}
    {%- if relation -%}
        select '{{ relation }}' as source_relation, line as source_line, raw from {{ relation }}
    {%- elif path -%} {{ seg2amp.lines_of_file(path) }}
    {%- else -%}
        {{
            seg2amp.empty_table(
                {"source_relation": "text", "source_line": "bigint", "raw": "text"}
            )
        }}
    {%- endif -%}
{%- endmacro %}
