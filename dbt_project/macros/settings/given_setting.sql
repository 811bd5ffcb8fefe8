{#-
    What the user set, else a default. A unit test names the settings it is about in `settings_under_test` and has the defaults of its profile
    for all others, so that it holds whatever the user set.
    dbt renders a var as a template of its own, which would empty the placeholders of ours: those come from the command line as written.
-#}
{% macro given_setting(name, default) %}
    {%- set under_test = var("settings_under_test", none) -%}
    {%- set written = (invocation_args_dict.get("vars") or {}).get(name) -%}
    {%- if under_test is not none -%} {{ return(under_test.get(name, default)) }}
    {%- elif written is string and "{{" in written -%}
        {{ return(written | replace("{% raw %}", "") | replace("{% endraw %}", "")) }}
    {%- else -%} {{ return(var(name, default)) }}
    {%- endif -%}
{% endmacro %}
