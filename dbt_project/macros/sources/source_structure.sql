{#-
    What the information schema alone tells the findings of `source_findings`: a list of selects, each a row in the columns of `source_scan`.
    tables: {schema: what `raw_tables` gives}.
-#}
{% macro source_structure(tables) %}
    {%- set measure = seg2amp.source_measure -%}
    {%- set found = [] -%}
    {%- if seg2amp.setting("segment_schemas") == ["segment_seeds"] -%}
        {%- do found.append(measure("schemas_not_set", "segment_seeds")) -%}
    {%- endif -%}
    {%- for schema, names in seg2amp.schemas_like_segment().items() -%}
        {%- do found.append(measure("schema_not_read", schema, detail=names | join(", "))) -%}
    {%- endfor -%}
    {%- if seg2amp.setting("raw_json_path") or seg2amp.setting("raw_json_relation") -%}
        {%- do found.append(measure("raw_json_not_inspected", "raw_json")) -%}
    {%- endif -%}
    {%- for schema, all in tables.items() -%}
        {%- set read = all | selectattr("calls") | list -%}
        {%- for table in all if table.left_out -%}
            {%- do found.append(
                measure("table_left_out", schema, table.name, detail=table.left_out)
            ) -%}
        {%- endfor -%}
        {%- if read -%} {%- do found.extend(seg2amp._found_in_schema(schema, read)) -%}
        {%- elif all -%} {%- do found.append(measure("schema_without_tables", schema)) -%}
        {%- elif schema != "segment_seeds" -%}
            {%- do found.append(measure("schema_missing", schema)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{% macro _found_in_schema(schema, tables) %}
    {%- set measure = seg2amp.source_measure -%}
    {%- set found, columns, consent = [], {}, [] -%}
    {%- set session_columns = [
        "context_actions_amplitude_session_id",
        "context_amplitude_session_id",
    ] -%}
    {%- set names = tables | map(attribute="name") | list -%}
    {%- for name in seg2amp.call_tables() if name not in names -%}
        {%- do found.append(measure("table_missing", schema, name)) -%}
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
            {%- do found.append(
                measure("underscore_column", schema, where[0], column, detail=bare)
            ) -%}
        {%- elif column.startswith("context_consent_category_preferences_") -%}
            {%- do consent.append(column[37:]) -%}
        {%- elif column.endswith("session_id") and column not in session_columns -%}
            {%- do found.append(
                measure(
                    "session_id_elsewhere",
                    schema,
                    where[0],
                    column,
                    detail=kinds | first,
                )
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
                seg2amp.source_measure(
                    "numbers_differ" if are_numbers else "types_differ",
                    schema,
                    none,
                    column,
                    detail=words | join("; "),
                )
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not columns | select("in", session_columns) | list -%}
        {%- do found.append(measure("no_session_id", schema)) -%}
    {%- endif -%}
    {%- if consent -%}
        {%- do found.append(measure("consent_found", schema, detail=consent | join(", "))) -%}
    {%- elif seg2amp.setting("consent_categories") -%}
        {%- do found.append(measure("consent_missing", schema)) -%}
    {%- endif -%}
    {%- if seg2amp.setting("integration_names") -%}
        {%- do found.append(measure("opt_outs_unknown", schema)) -%}
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
