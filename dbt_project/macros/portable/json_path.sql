{#- A list of keys as the engine writes a path to a JSON value. -#}
{% macro json_path(keys) %}
    {{ return(adapter.dispatch("json_path", "seg2amp")(keys)) }}
{% endmacro %}

{% macro default__json_path(keys) %}
    {%- set path = '$."' ~ (keys | join('"."')) ~ '"' -%}
    {{ return(dbt.escape_single_quotes(path)) }}
{% endmacro %}

{% macro postgres__json_path(keys) %}
    {%- set path = keys | map("replace", "'", "''") | join("', '") -%}
    {{ return("array['" ~ path ~ "']") }}
{% endmacro %}
