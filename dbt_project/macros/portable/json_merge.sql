{#-
    Two JSON objects as one; where both have a key, the second wins.
    Nested objects: DuckDB merges them and leaves out what the second holds as null; Postgres takes the second as it is.
-#}
{% macro json_merge(first, second) %}
    {{ return(adapter.dispatch("json_merge", "seg2amp")(first, second)) }}
{% endmacro %}

{% macro default__json_merge(first, second) -%}
    cast(json_merge_patch({{ first }}, {{ second }}) as text)
{%- endmacro %}

{% macro postgres__json_merge(first, second) -%}
    cast(cast({{ first }} as jsonb) || cast({{ second }} as jsonb) as text)
{%- endmacro %}
