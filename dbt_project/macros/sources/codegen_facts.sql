{#-
    What `seg2amp codegen` writes its models from, as JSON:
      tables   all raw tables that are read: schema and name as staging has them; relation, identifier, real_schema and database (none for the
               target's) as the warehouse has them; calls; columns [[name, type]]; macros [[macro, name, type,
               its SQL]], what a column goes through
      queries  {call type: [{schema, table, sql}]}, in the order the model has them
    It knows no window of time: the models ask for that when they run.
-#}
{% macro codegen_facts() %}
    {%- do ref("property_names") -%}
    {%- set tables, queries = [], {} -%}
    {%- for schema in seg2amp.setting("segment_schemas") if execute -%}
        {%- for table in seg2amp.raw_tables(schema) if table.calls -%}
            {%- set columns, macros = [], [] -%}
            {%- for name, type in table.columns.items() -%}
                {%- do columns.append([table.spelled[name], type]) -%}
                {%- do macros.append(
                    ["column_json", name, type, seg2amp.column_json(name, type)]
                ) -%}
                {%- if name in seg2amp.common_columns() -%}
                    {%- do macros.append(["moment", name, type, seg2amp.moment(name, type)]) -%}
                    {%- do macros.append(
                        [
                            "column_time_json",
                            name,
                            type,
                            seg2amp.column_time_json(name, type),
                        ]
                    ) -%}
                {%- endif -%}
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
                    "macros": macros,
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for call in seg2amp.call_tables().values() -%}
        {%- do queries.update({call: []}) -%}
        {%- for portion in seg2amp.portions(call) -%}
            {%- set condition = portion.conditions | join(" and ") -%}
            {%- do queries[call].append(
                {
                    "schema": portion.table.schema,
                    "table": portion.table.name,
                    "sql": seg2amp.messages_from_table(portion.table, call, condition),
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{
        tojson(
            {
                "tables": tables,
                "queries": queries,
                "tracks_wait_hours": seg2amp.setting("tracks_wait_hours"),
            }
        )
    }}
{% endmacro %}
