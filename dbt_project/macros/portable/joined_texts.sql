{#- The texts of a group of rows as one, in an order, with commas between; NULL is left out. -#}
{% macro joined_texts(text, order) -%}
    string_agg({{ text }}, ', ' order by {{ order }})
{%- endmacro %}
