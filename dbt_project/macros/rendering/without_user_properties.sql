{#-
    A payload without its user properties, cut out of its text. Only ids, names and numbers stand before them, in which every quotation mark
    is escaped, so the first such key is theirs.
    user_properties: SQL, their JSON as it stands in the payload.
-#}
{% macro without_user_properties(payload, user_properties) -%}
    {%- set key = ',"user_properties":' -%}
    {%- set place = "strpos(" ~ payload ~ ", '" ~ key ~ "')" -%}
    left({{ payload }}, {{ place }} - 1)
    || substr({{ payload }}, {{ place }} + {{ key | length }} + length({{ user_properties }}))
{%- endmacro %}
