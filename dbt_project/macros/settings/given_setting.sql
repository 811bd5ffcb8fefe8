{#-
    What the user set, else a default. A unit test names the settings it is about in `settings_under_test` and has the defaults of its profile
    for all others, so that it holds whatever the user set.
-#}
{% macro given_setting(name, default) %}
    {%- set under_test = var("settings_under_test", none) -%}
    {{ return(var(name, default) if under_test is none else under_test.get(name, default)) }}
{% endmacro %}
