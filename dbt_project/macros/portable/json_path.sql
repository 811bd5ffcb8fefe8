{#- A list of keys as the engine writes a path to a JSON value. -#}
{% macro json_path(keys) %}
    {{ return(adapter.dispatch("json_path", "seg2amp")(keys)) }}
{% endmacro %}

{% macro default__json_path(keys) %}
    {{ return('$."' ~ keys | map("replace", "'", "''") | join('"."') ~ '"') }}
{% endmacro %}

{% macro postgres__json_path(keys) %}
    {{ return("array['" ~ keys | map("replace", "'", "''") | join("', '") ~ "']") }}
{% endmacro %}
