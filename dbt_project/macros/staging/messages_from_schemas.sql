{#-
    All rows of one call type, from every schema in `segment_schemas`, in the canonical message shape.
    A table that is missing is simply empty. Track calls stand in `tracks` (no properties) and again in a table
    of their event: each is taken once, with properties where there is such a table.
-#}
{% macro messages_from_schemas(call_type, table) %}
    {{- seg2amp.wait_for_seeds() }}
    {%- set parts = [] -%}
    {%- for schema in seg2amp.setting("segment_schemas") -%}
        {%- set tables = seg2amp.segment_tables(schema) -%}
        {%- set events = seg2amp.event_tables(tables) if call_type == "track" else [] -%}
        {%- for event in events -%}
            {%- do parts.append(
                seg2amp.messages_from_table(schema, event, tables[event], call_type)
            ) -%}
        {%- endfor -%}
        {%- if table in tables -%}
            {%- do parts.append(
                seg2amp.messages_from_table(schema, table, tables[table], call_type)
                ~ seg2amp.not_in_event_tables(schema, events)
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ parts | join("\nunion all\n") if parts else seg2amp.no_messages() }}
{% endmacro %}
