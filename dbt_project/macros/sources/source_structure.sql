{#-
    What settings and the information schema alone tell the findings of `source_findings`: a list of one select in the columns of
    `source_scan`, empty where nothing is found. tables: {schema: what `raw_tables` gives}.
-#}
{% macro source_structure(tables) %}
    {%- set found = [] -%}
    {%- if seg2amp.setting("segment_schemas") == ["segment_seeds"] -%}
        {%- do found.append(["schemas_not_set", "segment_seeds", none, none, none]) -%}
    {%- endif -%}
    {%- for schema, names in seg2amp.schemas_like_segment().items() -%}
        {%- do found.append(["schema_not_read", schema, none, none, names | join(", ")]) -%}
    {%- endfor -%}
    {%- if seg2amp.setting("raw_json_path") or seg2amp.setting("raw_json_relation") -%}
        {%- do found.append(["raw_json_not_inspected", "raw_json", none, none, none]) -%}
    {%- endif -%}
    {%- for schema, all in tables.items() -%}
        {%- set read = all | selectattr("calls") | list -%}
        {%- for table in all if table.left_out -%}
            {%- do found.append(["table_left_out", schema, table.name, none, table.left_out]) -%}
        {%- endfor -%}
        {%- if read -%} {%- do found.extend(seg2amp._found_in_schema(schema, read)) -%}
        {%- elif all -%}
            {%- do found.append(["schema_without_tables", schema, none, none, none]) -%}
        {%- elif schema != "segment_seeds" -%}
            {%- do found.append(["schema_missing", schema, none, none, none]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not found -%} {{ return([]) }}{%- endif -%}
    {%- set names = ["finding", "source_relation", "source_table", "column_name", "detail"] -%}
    {%- set rows = [] -%}
    {%- for row in found -%} {%- do rows.append(dict(zip(names, row))) -%} {%- endfor -%}
    {%- set query -%}
        select
            finding,
            source_relation,
            source_table,
            column_name,
            cast(null as bigint) as row_count,
            cast(null as bigint) as of_rows,
            detail
        from ({{ seg2amp.literal_rows(rows) }}) as found
    {%- endset -%}
    {{ return([query]) }}
{% endmacro %}

{#- What is found in the tables of one schema that are read: a list of [finding, schema, table or none, column or none, detail or none]. -#}
{% macro _found_in_schema(schema, tables) %}
    {%- set found, columns, consent = [], {}, [] -%}
    {%- set session_columns = [
        "context_actions_amplitude_session_id",
        "context_amplitude_session_id",
    ] -%}
    {%- set names = tables | map(attribute="name") | list -%}
    {%- for name in seg2amp.call_tables() if name not in names -%}
        {%- do found.append(["table_missing", schema, name, none, none]) -%}
    {%- endfor -%}
    {%- for table in tables -%}
        {%- for column, type in table.columns.items() -%}
            {%- do columns.setdefault(column, {}).setdefault(
                seg2amp.type_kind(type), []
            ).append(table.name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for column, kinds in columns.items() -%}
        {%- set where = kinds.values() | sum(start=[]) -%}
        {%- set bare = column[1:] -%}
        {%- if column.startswith("_") and not column.startswith("__") and bare not in columns -%}
            {%- do found.append(["underscore_column", schema, where[0], column, bare]) -%}
        {%- elif column.startswith("context_consent_category_preferences_") -%}
            {%- do consent.append(column[37:]) -%}
        {%- elif column.endswith("session_id") and column not in session_columns -%}
            {%- do found.append(
                ["session_id_elsewhere", schema, where[0], column, kinds | first]
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- Properties and traits of one name whose types differ. -#}
    {%- for column, kinds in columns.items() if kinds | length > 1 -%}
        {%- set is_own = not column.startswith("context_") or column.startswith(
            "context_traits_"
        ) -%}
        {%- if is_own and column not in seg2amp.common_columns() -%}
            {%- set words = [] -%}
            {%- for kind, where in kinds.items() -%}
                {%- set more = where | length - 3 -%}
                {%- do words.append(
                    kind ~ " in " ~ where[:3]
                    | join(", ") ~ (" and " ~ more ~ " more" if more > 0 else "")
                ) -%}
            {%- endfor -%}
            {%- set are_numbers = kinds.keys() | sort == ["number", "whole number"] -%}
            {%- do found.append(
                [
                    "numbers_differ" if are_numbers else "types_differ",
                    schema,
                    none,
                    column,
                    words | join("; "),
                ]
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not columns | select("in", session_columns) | list -%}
        {%- do found.append(["no_session_id", schema, none, none, none]) -%}
    {%- endif -%}
    {%- if consent -%}
        {%- do found.append(["consent_found", schema, none, none, consent | join(", ")]) -%}
    {%- elif seg2amp.setting("consent_categories") -%}
        {%- do found.append(["consent_missing", schema, none, none, none]) -%}
    {%- endif -%}
    {%- if seg2amp.setting("integration_names") -%}
        {%- do found.append(["opt_outs_unknown", schema, none, none, none]) -%}
    {%- endif -%}
    {{ return(found) }}
{% endmacro %}

{#-
    The schemas of this database that hold tables as Segment makes them, {schema: [table]}, those aside that are read already, the models' own
    and the seeds'; empty while dbt parses. Source: the calls' tables, and the columns that all of them have.
-#}
{% macro schemas_like_segment() %}
    {%- set names = [] -%}
    {%- for name in seg2amp.call_tables() -%}
        {%- do names.append(seg2amp.quoted(name)) -%}
    {%- endfor -%}
    {%- set query -%}
        select table_schema, lower(table_name)
        from information_schema.columns
        where
            lower(table_name) in ({{ names | join(", ") }})
            and lower(table_catalog) = {{ seg2amp.quoted(target.database | lower) }}
        group by table_schema, lower(table_name)
        having
            count(case when lower(column_name) = 'id' then 1 end) > 0
            and count(
                case
                    when lower(column_name) in ('received_at', 'original_timestamp', 'uuid_ts') then 1
                end
            )
            > 0
        order by table_schema, lower(table_name)
    {%- endset -%}
    {%- set known = ["segment_seeds", target.schema | lower] -%}
    {%- for schema in seg2amp.setting("segment_schemas") -%}
        {%- do known.append(schema.split(".") | last | lower) -%}
    {%- endfor -%}
    {%- set found = {} -%}
    {%- for schema, table in run_query(query) if execute and schema | lower not in known -%}
        {%- do found.setdefault(schema, []).append(table) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
