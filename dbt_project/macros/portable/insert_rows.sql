{#-
    Inserts rows into a table and commits: rows are lists of values in the order of columns. Values are bound, not quoted: what a
    backslash does inside a literal differs from engine to engine, and a row may hold what anybody on the internet sent.
    200 rows a statement keep a table of ten columns below the 2,100 parameters of the engine that takes the fewest.
-#}
{% macro insert_rows(relation, columns, rows) %}
    {%- for chunk in rows | batch(200) -%}
        {%- set values = [] -%}
        {%- for row in chunk -%} {%- do values.extend(row) -%} {%- endfor -%}
        {%- set placeholders = [get_binding_char()] * (columns | length) -%}
        {%- set sql -%}
            insert into {{ relation }} ({{ columns | join(", ") }})
            values {% for row in chunk %}({{ placeholders | join(", ") }}){{ ", " if not loop.last }}{% endfor %}
        {%- endset -%}
        {%- do adapter.add_query(sql, bindings=values, abridge_sql_log=true) -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
{% endmacro %}
