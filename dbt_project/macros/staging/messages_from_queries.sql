{#-
    What `messages_from_schemas` gives, from queries that are written out: the models that `seg2amp codegen` writes.
    queries: one for each raw table, {schema, table, rows, columns}: schema as `segment_schemas` names it, rows the query, columns those of the
    canonical message that it gives, in any order; all others are NULL.
-#}
{% macro messages_from_queries(queries) %}
    {{- seg2amp.wait_for_seeds() }}
    {%- set portions = [] -%}
    {%- for query in queries -%}
        {%- do portions.append(
            {
                "table": {"schema": query.schema, "name": query.table},
                "relation": "(" ~ query.rows ~ ") as written",
                "columns": query.columns,
                "conditions": seg2amp.read_window("received_at") or ["1 = 1"],
                "loaded_at": "loaded_at" if "loaded_at" in query.columns else none,
            }
        ) -%}
    {%- endfor -%}
    {{- seg2amp.messages_from_portions(portions) }}
{% endmacro %}
