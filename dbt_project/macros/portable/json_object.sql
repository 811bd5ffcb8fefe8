{#-
    A JSON object from {key: SQL expression of JSON text}, in the given order. Pairs whose value is NULL are left out,
    which no engine's own object function does alike.
-#}
{% macro json_object(pairs) -%}
    {%- if pairs -%}
        '{' || concat_ws(
            ','
            {%- for key, json in pairs.items() %}
                , '{{ dbt.escape_single_quotes(tojson(key)) }}:' || ({{ json }})
            {%- endfor %}
        )
        || '}'
    {%- else -%} '{}'
    {%- endif -%}
{%- endmacro %}
