{#-
    The tables of one raw schema as they are found, from the information schema; empty while dbt parses. A list of
      schema, name     as the setting has it; the table's name in lower case
      relation         the table
      columns          {name in lower case: type in lower case}
      spelled          {name in lower case: name as the warehouse spells it}
      calls            the call types read from it, none where it is left out
      is_chosen        whether `include_tables` and `exclude_tables` let it be read
      left_out         why, in words
    Source: Segment's warehouse schema. Whatever else a team keeps in the schema is left out.
-#}
{% macro raw_tables(schema) %}
    {%- set known = seg2amp.memory().setdefault("raw_tables", {}) -%}
    {#- Seeds that play a schema may not be there yet when it is asked for first. -#}
    {%- if schema not in known or schema == "segment_seeds" -%}
        {%- do known.update({schema: seg2amp._found_tables(schema)}) -%}
    {%- endif -%}
    {{ return(known[schema]) }}
{% endmacro %}

{% macro _found_tables(schema) %}
    {%- set names = schema.split(".") -%}
    {%- set database = names[0] if names | length > 1 else target.database -%}
    {%- set query -%}
        select table_schema, table_name, column_name, lower(data_type)
        from information_schema.columns
        where
            lower(table_schema) = {{ seg2amp.quoted(names | last | lower) }}
            and lower(table_catalog) = {{ seg2amp.quoted(database | lower) }}
        order by table_name, ordinal_position
    {%- endset -%}
    {%- set tables = {} -%}
    {%- for real_schema, table, column, type in run_query(query) if execute -%}
        {%- if table | lower not in tables -%}
            {%- set relation = api.Relation.create(
                database=database, schema=real_schema, identifier=table
            ) -%}
            {%- do tables.update(
                {
                    table
                    | lower: {
                        "schema": schema,
                        "name": table | lower,
                        "relation": relation,
                        "columns": {},
                        "spelled": {},
                    }
                }
            ) -%}
        {%- endif -%}
        {%- if tables[table | lower].relation.identifier == table -%}
            {%- do tables[table | lower].columns.setdefault(column | lower, type) -%}
            {%- do tables[table | lower].spelled.setdefault(column | lower, column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for table in tables.values() -%}
        {%- set not_chosen = seg2amp._why_not_chosen(table) -%}
        {%- set left_out = seg2amp._why_left_out(table, not_chosen) -%}
        {%- do table.update({"left_out": left_out, "is_chosen": not not_chosen}) -%}
        {#- An event may have the name of a table for another call. -#}
        {%- set call = seg2amp.call_tables().get(table.name) -%}
        {%- set is_event = "event_text" in table.columns and table.name != "tracks" -%}
        {%- set calls = ([call] if call else []) + (["track"] if is_event else []) -%}
        {%- do table.update({"calls": [] if left_out else calls}) -%}
    {%- endfor -%}
    {{ return(tables.values() | list) }}
{% endmacro %}

{% macro _why_not_chosen(table) %}
    {%- set full_name = table.schema ~ "." ~ table.name -%}
    {%- set wanted = seg2amp.setting("include_tables") -%}
    {%- if seg2amp.name_matches(table.name, full_name, seg2amp.setting("exclude_tables")) -%}
        {{ return("listed in exclude_tables") }}
    {%- elif wanted and not (
        table.name in seg2amp.call_tables()
        or seg2amp.name_matches(table.name, full_name, wanted)
    ) -%}
        {{ return("not listed in include_tables") }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}

{% macro _why_left_out(table, not_chosen) %}
    {%- set name, columns = table.name, table.columns -%}
    {%- if name.startswith("__segment_") -%} {{ return("state that Segment keeps for itself") }}
    {%- elif name.endswith("_view") -%} {{ return("a view that Segment keeps beside a table") }}
    {%- elif not_chosen -%} {{ return(not_chosen) }}
    {%- elif name in ["users", "accounts"] and "event_text" not in columns -%}
        {{ return("the latest state of each, not messages") }}
    {%- elif name not in seg2amp.call_tables() and not (
        "id" in columns and "event_text" in columns
    ) -%}
        {{ return("no table of Segment's: it lacks id or event_text") }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
