{#- Whether an incremental model has a table that this build adds to; never in a unit test, which has no table at all. -#}
{% macro has_table() %}
    {{ return(execute and this is not none and is_incremental()) }}
{% endmacro %}
