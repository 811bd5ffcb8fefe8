{#- Whether a JSON column holds a value: neither null nor the empty string. Unknown (NULL) where the column is NULL. -#}
{% macro has_value(json) -%} ({{ json }} not in ('null', '""')) {%- endmacro %}
