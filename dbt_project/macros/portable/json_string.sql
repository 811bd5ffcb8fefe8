{#- A text as a JSON string, quoted and escaped; NULL stays NULL. -#}
{% macro json_string(text) -%} cast(to_json({{ text }}) as text) {%- endmacro %}
