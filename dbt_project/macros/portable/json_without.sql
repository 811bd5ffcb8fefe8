{#- A JSON object without some of its keys. keys: list of names. -#}
{% macro json_without(json, keys) -%}
    {%- set names = [] -%}
    {%- for key in keys -%} {%- do names.append(seg2amp.quoted(key)) -%} {%- endfor -%}
    {{ seg2amp.json_where(json, "key not in (" ~ names | join(", ") ~ ")") }}
{%- endmacro %}
