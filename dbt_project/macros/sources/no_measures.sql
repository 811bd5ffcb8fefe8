{#- No finding, in the columns of `source_scan`. -#}
{% macro no_measures() -%}
    {{
        seg2amp.empty_table(
            {
                "finding": "text",
                "source_relation": "text",
                "source_table": "text",
                "column_name": "text",
                "row_count": "bigint",
                "of_rows": "bigint",
                "detail": "text",
            }
        )
    }}
{%- endmacro %}
