{#- Whether one transaction holds a model's rows and what its post-hooks write. -#}
{% macro commits_with_hooks() %}
    {{ return(adapter.dispatch("commits_with_hooks", "seg2amp")()) }}
{% endmacro %}

{% macro default__commits_with_hooks() %} {{ return(false) }} {% endmacro %}

{% macro duckdb__commits_with_hooks() %} {{ return(true) }} {% endmacro %}

{% macro postgres__commits_with_hooks() %} {{ return(true) }} {% endmacro %}
