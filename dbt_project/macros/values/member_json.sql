{#-
    The JSON value under a list of keys in a column that holds JSON objects; NULL where the object has no such key.
    Warehouses keep names in snake case and nested names joined by `_`, so that spelling is looked up as well.
-#}
{% macro member_json(column, keys) -%}
    {%- set folded = [] -%}
    {%- for key in keys -%} {%- do folded.append(seg2amp.snake_case(key)) -%} {%- endfor -%}
    {%- set folded = [folded | join("_")] -%}
    {%- if folded == keys -%} {{ seg2amp.json_leaf(column, keys) }}
    {%- else -%}
        coalesce({{ seg2amp.json_leaf(column, keys) }}, {{ seg2amp.json_leaf(column, folded) }})
    {%- endif -%}
{%- endmacro %}
