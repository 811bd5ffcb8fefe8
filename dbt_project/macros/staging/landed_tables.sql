{#-
    The table of one door to the warehouse: all raw rows of one call type, from every schema in `segment_schemas`; a table that is missing is
    simply empty. Of what was landed before, `find_new` says what must be read again.
-#}
{% macro landed_tables(call_type) %}
    {{- seg2amp.wait_for_seeds() }}
    {%- do ref("property_names") -%}
    {{- seg2amp.landed_portions(seg2amp.portions(call_type)) }}
{% endmacro %}

{#-
    What `landed_tables` gives, from queries that are written out: the models that `seg2amp codegen` writes.
    queries: one for each raw table, {schema, table, rows, columns}: schema as `segment_schemas` names it, rows the query, columns those of
    `landed_columns` that it gives, in any order; all others are NULL.
-#}
{% macro landed_queries(queries) %}
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
    {{- seg2amp.landed_portions(portions) }}
{% endmacro %}

{#- The rows of portions, as `portions` or `landed_queries` gives them, landed. -#}
{% macro landed_portions(portions) %}
    {%- set window = seg2amp.read_window("received_at") | join(" and ") -%}
    {%- if seg2amp.last_build() is not none -%}
        {%- do seg2amp.find_new(portions, window or "1 = 1") -%}
    {%- endif -%}
    {#- The first part has no row but the types, which the others need not repeat for every column they lack. -#}
    {%- set parts, kept = [seg2amp.empty_table(seg2amp.landed_columns("tables"))], [] -%}
    {%- for portion in portions -%}
        {%- set rows = seg2amp.portion_rows(portion) -%}
        {%- if portion.unchanged -%} {%- do kept.append(rows) -%}
        {%- else -%}
            {%- set conditions = portion.conditions[:] -%}
            {%- if portion.since -%}
                {%- do conditions.append(
                    "coalesce(" ~ portion.loaded_at ~ " >= " ~ portion.since ~ ", true)"
                ) -%}
                {%- do kept.append(
                    rows ~ " and coalesce(loaded_at < " ~ portion.since ~ ", false)"
                ) -%}
            {%- endif -%}
            {%- set condition = conditions | join(" and ") -%}
            {%- if portion.columns is defined -%}
                {%- set given = [] -%}
                {%- for name in seg2amp.landed_columns("tables") -%}
                    {%- do given.append(name if name in portion.columns else "null") -%}
                {%- endfor -%}
                {%- do parts.append(
                    "select "
                    ~ seg2amp.listed(given)
                    ~ "\nfrom "
                    ~ portion.relation
                    ~ "\nwhere "
                    ~ condition
                ) -%}
            {%- else -%}
                {%- do parts.append(
                    seg2amp.table_messages(portion.table, portion.call_type, condition)
                ) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if window -%} {%- do kept.append("coalesce(not (" ~ window ~ "), true)") -%} {%- endif -%}
    {{
        seg2amp.landed(
            parts | join("\nunion all\n"),
            "(" ~ kept | join(")\nor (") ~ ")" if kept else "1 = 0",
            "tables",
        )
    }}
{% endmacro %}
