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
        {%- set full_name = table.schema ~ "." ~ table.name -%}
        {%- set wanted, not_chosen = seg2amp.setting("include_tables"), none -%}
        {%- if seg2amp.name_matches(table.name, full_name, seg2amp.setting("exclude_tables")) -%}
            {%- set not_chosen = "listed in exclude_tables" -%}
        {%- elif wanted and not (
            table.name in seg2amp.call_tables()
            or seg2amp.name_matches(table.name, full_name, wanted)
        ) -%}
            {%- set not_chosen = "not listed in include_tables" -%}
        {%- endif -%}
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

{#- A raw table for a FROM clause, its columns in lower case however the warehouse spells them. -#}
{% macro raw_rows(table) -%}
    {%- set renamed = [] -%}
    {%- for name, spelled in table.spelled.items() if name != spelled -%}
        {%- do renamed.append(name) -%}
    {%- endfor -%}
    {%- if not renamed -%} {{ table.relation }}
    {%- else -%}
        (
            select
                {%- for name, spelled in table.spelled.items() %}
                    {{ seg2amp.quoted_name(spelled) }} as {{ seg2amp.quoted_name(name) }}
                    {{- "," if not loop.last }}
                {%- endfor %}
            from {{ table.relation }}
        ) as raw
    {%- endif -%}
{%- endmacro %}

{#- The tables that Segment keeps for the calls, {table: call type}; each event has a table of its own beside them. -#}
{% macro call_tables() %}
    -- fmt: off
    {{ return({
        "tracks": "track", "pages": "page", "screens": "screen",
        "identifies": "identify", "groups": "group", "aliases": "alias",
    }) }}
    -- fmt: on
{% endmacro %}

{#- Whether a table's name, alone or behind its schema, is one of the patterns; `*` stands for any text, and case does not matter. -#}
{% macro name_matches(name, full_name, patterns) %}
    {%- for pattern in patterns -%}
        {%- set expression = modules.re.escape(pattern | lower) | replace("\\*", ".*") -%}
        {%- if modules.re.fullmatch(expression, name) or modules.re.fullmatch(
            expression, full_name | lower
        ) -%}
            {{ return(true) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(false) }}
{% endmacro %}

{#-
    {column: property name} that the seed `property_names` gives for a table: warehouses keep `first_name` where the message said
    `firstName`. A line without a table holds for all; one with the table comes before it.
-#}
{% macro property_names(table) %}
    {%- set known = seg2amp.memory() -%}
    {%- if "property_names" not in known -%}
        {%- set query -%}
            select lower(coalesce(source_table, '')), lower(column_name), property_name
            from {{ ref("property_names") }}
            order by 1, 2, 3
        {%- endset -%}
        {%- set names = {} -%}
        {%- for table_name, column, name in (run_query(query) if execute else []) -%}
            {%- do names.setdefault(table_name or "", {}).update({column: name}) -%}
        {%- endfor -%}
        {%- do known.update({"property_names": names}) -%}
    {%- endif -%}
    {{ return(dict(known.property_names.get("", {}), **known.property_names.get(table, {}))) }}
{% endmacro %}

{#- Where the small set in `seeds/` plays the raw tables, its seeds must be loaded first; dbt sees that only in a ref. -#}
{% macro wait_for_seeds() %}
    {%- if "segment_seeds" in seg2amp.setting("segment_schemas") -%}
        {%- for name in var("raw_seeds") -%} {%- do ref(name) -%} {%- endfor -%}
    {%- endif -%}
{% endmacro %}
