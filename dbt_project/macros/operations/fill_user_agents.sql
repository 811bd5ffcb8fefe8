{#-
    Adds user agents to `int_user_agents_parsed`: the half of `seg2amp build` that writes, on engines where that model is a table to be
    filled. rows: what each agent tells, its values in the order of columns.
-#}
{% macro fill_user_agents(columns, rows) %}
    {%- do seg2amp.insert_rows(ref("int_user_agents_parsed"), columns, rows) -%}
{% endmacro %}
