{#-
    What `seg2amp codegen` writes its models from, as JSON:
      tables   all raw tables that are read: schema and name as staging has them; relation, identifier, real_schema and database (none for the
               target's) as the warehouse has them; calls; columns [[name, type]]; macros {SQL: the macro call that it came from}
      queries  {call type: [{schema, table, sql, columns}]}, in the order the model has them; columns: those that the query gives
    It knows no window of time: the models ask for that when they run.
-#}
{% macro codegen_facts() %}
    {%- do ref("property_names") -%}
    {%- set tables, queries = [], {} -%}
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
                    "macros": seg2amp._macro_calls(table),
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
                "tables": tables,
                "queries": queries,
                "tracks_wait_hours": seg2amp.setting("tracks_wait_hours"),
            }
        )
    }}
{% endmacro %}

{#- What the columns of a raw table go through, {SQL: macro call}. -#}
{% macro _macro_calls(table) %}
    {%- set calls = {} -%}
    {%- for name, type in table.columns.items() -%}
        {%- set column = tojson(name) ~ ", " ~ tojson(type) ~ ")" -%}
        {%- do calls.update({seg2amp.column_json(name, type) | trim: "column_json(" ~ column}) -%}
        {%- do calls.update({seg2amp.moment(name, type) | trim: "moment(" ~ column}) if name in seg2amp.common_columns() -%}
        {%- for field in seg2amp.message_fields() if name in field.columns -%}
            {%- set cast = seg2amp.column_cast(field.kind, name, type) | trim -%}
            {%- do calls.setdefault(cast, "column_cast(" ~ tojson(field.kind) ~ ", " ~ column) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(calls) }}
{% endmacro %}
