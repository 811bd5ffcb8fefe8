{#-
    Adds user agents to `int_user_agents_parsed`: the half of `seg2amp build` that writes, on engines where that model is a table to be
    filled. rows: what each agent tells, its values in the order of columns. Values are bound, not quoted: what a
    backslash does inside a literal differs from engine to engine, and a row may hold what anybody on the internet sent.
    200 rows a statement keep a table of ten columns below the 2,100 parameters of the engine that takes the fewest.
-#}
{% macro fill_user_agents(columns, rows) %}
    {%- for chunk in rows | batch(200) -%}
        {%- set values = [] -%}
        {%- for row in chunk -%} {%- do values.extend(row) -%} {%- endfor -%}
        {%- set placeholders = [get_binding_char()] * (columns | length) -%}
        {%- set sql -%}
            insert into {{ ref("int_user_agents_parsed") }} ({{ columns | join(", ") }})
            values {% for row in chunk %}({{ placeholders | join(", ") }}){{ ", " if not loop.last }}{% endfor %}
        {%- endset -%}
        {%- do adapter.add_query(sql, bindings=values, abridge_sql_log=true) -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
{% endmacro %}
