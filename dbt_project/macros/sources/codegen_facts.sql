{#-
    What `seg2amp codegen` writes its models from, as JSON:
      tables   all raw tables that are read: schema and name as staging has them; relation, identifier, real_schema and database (none for the
               target's) as the warehouse has them; calls; columns [[name, type]]
      functions  {a function of ours as SQL calls it: its name}
      queries  {call type: [{schema, table, sql, columns}]}, in the order the model has them; columns: those that the query gives
    It knows no window of time: the models ask for that when they run.
-#}
{% macro codegen_facts() %}
    {%- do ref("property_names") -%}
    {%- set tables, queries, functions = [], {}, {} -%}
    {%- for name in seg2amp.functions() -%}
        {%- do functions.update({seg2amp.function(name): name}) -%}
    {%- endfor -%}
    {%- for schema in seg2amp.setting("segment_schemas") if execute -%}
        {%- for table in seg2amp.raw_tables(schema) if table.calls -%}
            {%- set columns = [] -%}
            {%- for name, type in table.columns.items() -%}
                {%- do columns.append([table.spelled[name], type]) -%}
            {%- endfor -%}
            {%- do tables.append(
                {
                    "schema": schema,
                    "name": table.name,
                    "calls": table.calls,
                    "relation": table.relation | string,
                    "identifier": table.relation.identifier,
                    "real_schema": table.relation.schema,
                    "database": table.relation.database if "." in schema else none,
                    "columns": columns,
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for call in seg2amp.call_tables().values() -%}
        {%- do queries.update({call: []}) -%}
        {%- for portion in seg2amp.portions(call) -%}
            {%- set given = seg2amp._given_columns(portion.table, call) -%}
            {%- set condition = portion.conditions | join(" and ") -%}
            {%- do queries[call].append(
                {
                    "schema": portion.table.schema,
                    "table": portion.table.name,
                    "sql": seg2amp.table_messages(
                        portion.table, call, condition, named=true
                    ),
                    "columns": (
                        seg2amp.landed_columns("tables") | select("in", given) | list
                    ),
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{
        tojson(
            {
                "functions": functions,
                "tables": tables,
                "queries": queries,
                "tracks_wait_hours": seg2amp.setting("tracks_wait_hours"),
            }
        )
    }}
{% endmacro %}
