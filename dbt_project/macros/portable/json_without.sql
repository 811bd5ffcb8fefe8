{#- A JSON object without some of its keys. keys: list of names. -#}
{% macro json_without(json, keys) %}
    {{ return(adapter.dispatch("json_without", "seg2amp")(json, keys)) }}
{% endmacro %}

{% macro default__json_without(json, keys) %}
    {%- set nulls = [] -%}
    {%- for key in keys -%} {%- do nulls.append('"' ~ key ~ '":null') -%} {%- endfor -%}
    {{ return("cast(json_merge_patch(" ~ json ~ ", '{" ~ nulls | join(",") ~ "}') as text)") }}
{% endmacro %}

{% macro postgres__json_without(json, keys) %}
    {{
        return(
            "cast(cast(" ~ json ~ " as jsonb) - array['" ~ keys | join("', '") ~ "'] as text)"
        )
    }}
{% endmacro %}
