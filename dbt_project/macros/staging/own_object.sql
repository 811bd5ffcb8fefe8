{#- The field that holds what a team sends along with a call of one type. -#}
{% macro own_object(call_type) %}
    {{ return("properties" if call_type in ("track", "page", "screen") else "traits") }}
{% endmacro %}
