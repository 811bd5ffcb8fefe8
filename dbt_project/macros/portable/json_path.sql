{#- A list of keys as the engine writes a path to a JSON value; DuckDB's usual form has no way to write a quote or an empty key. -#}
{% macro json_path(keys) %}
    {{ return(adapter.dispatch("json_path", "seg2amp")(keys)) }}
{% endmacro %}

{% macro default__json_path(keys) %}
    {%- if "" in keys or '"' in keys | join -%}
        {%- set escaped = [] -%}
        {%- for key in keys -%}
            {%- do escaped.append("/" ~ (key | replace("~", "~0") | replace("/", "~1"))) -%}
        {%- endfor -%}
        {%- set path = escaped | join -%}
    {%- else -%} {%- set path = '$."' ~ (keys | join('"."')) ~ '"' -%}
    {%- endif -%}
    {{ return(dbt.escape_single_quotes(path)) }}
{% endmacro %}

{% macro postgres__json_path(keys) %}
    {%- set path = keys | map("replace", "'", "''") | join("', '") -%}
    {{ return("array['" ~ path ~ "']") }}
{% endmacro %}
