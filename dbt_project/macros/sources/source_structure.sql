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
        {%- elif column.endswith("session_id") and column not in seg2amp._session_columns() -%}
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
    {%- do found.extend(seg2amp._types_found(schema, columns)) -%}
    {%- if not columns | select("in", seg2amp._session_columns()) | list -%}
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

{% macro _session_columns() %}
    {{ return(["context_actions_amplitude_session_id", "context_amplitude_session_id"]) }}
{% endmacro %}

{#- Properties and traits of one name whose types differ. columns: {name: {kind: [table]}}. -#}
{% macro _types_found(schema, columns) %}
    {%- set found = [] -%}
    {%- for column, kinds in columns.items() if kinds | length > 1 -%}
        {%- set is_own = not column.startswith("context_") or column.startswith(
            "context_traits_"
        ) -%}
        {%- if is_own and column not in seg2amp.common_columns() -%}
            {%- set words = [] -%}
            {%- for kind, tables in kinds.items() -%}
                {%- set more = tables | length - 3 -%}
                {%- do words.append(
                    kind ~ " in " ~ tables[:3]
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
    {{ return(found) }}
{% endmacro %}
