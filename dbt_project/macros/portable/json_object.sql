{#-
    A JSON object from {key: SQL expression of JSON text}, in the given order. Pairs whose value is NULL are left out,
    which no engine's own object function does alike.
-#}
{% macro json_object(pairs) %}
    {%- set rendered = [] -%}
    {%- for key, json in pairs.items() -%}
        {%- do rendered.append(
            "'" ~ (tojson(key) | replace("'", "''")) ~ ":' || (" ~ json ~ ")"
        ) -%}
    {%- endfor -%}
    {{ return("'{' || concat_ws(',', " ~ rendered | join(", ") ~ ") || '}'") }}
{% endmacro %}
