{#-
    What one staging model reads: for each raw table of a call type a portion {table, call_type, conditions, loaded_at}.
      conditions  SQL: which of the table's rows are of this call type, and within `read_since` and `read_until`
      loaded_at   SQL: when Segment loaded a row, none where the table does not tell
    Track calls stand in `tracks` (no properties) and again in the table of their event. Of `tracks` only the rows are read that no such
    table holds; where the table is there without the row, only after `tracks_wait_hours`, because Segment loads each table for itself. An event whose
    table `include_tables` and `exclude_tables` leave out is not read from `tracks` either.
-#}
{% macro portions(call_type) %}
    {%- set found = [] -%}
    {%- for schema in seg2amp.setting("segment_schemas") if execute -%}
        {%- set tables = seg2amp.raw_tables(schema) -%}
        {%- for table in tables if call_type in table.calls -%}
            {%- set received = (
                ["received_at", "timestamp"] | select("in", table.columns) | first
            ) -%}
            {%- set moment = seg2amp.moment(received, table.columns.get(received, "")) -%}
            {%- set conditions = seg2amp.read_window(moment) -%}
            {%- if table.name == "tracks" -%}
                {%- do conditions.extend(seg2amp._without_twin(table, tables)) -%}
                {%- elif "event_text" in table.columns -%}
                {%- set is_event = "is not null" if call_type == "track" else "is null" -%}
                {%- do conditions.append(
                    "(" ~ seg2amp.quoted_name("event_text") ~ " " ~ is_event ~ ")"
                ) if seg2amp.call_tables().get(table.name) -%}
            {%- endif -%}
            {%- do found.append(
                {
                    "table": table,
                    "call_type": call_type,
                    "conditions": conditions or ["1 = 1"],
                    "loaded_at": seg2amp.load_time(table),
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}

{#- A row without an id is known to have its twin by the name of its event alone. -#}
{% macro _without_twin(tracks, tables) %}
    {%- set ids, names = [], [] -%}
    {%- for table in tables if "track" in table.calls and table.name != "tracks" -%}
        {%- do names.append(table.name) -%}
        {%- do ids.append(
            "select cast(id as text) from "
            ~ seg2amp.raw_rows(table)
            ~ " where id is not null"
        ) -%}
    {%- endfor -%}
    {%- set conditions = [seg2amp.event_is_chosen(tracks)] -%}
    {%- if ids and "id" in tracks.columns -%}
        {%- set has_table = seg2amp.has_event_table(names if "event" in tracks.columns else []) -%}
        {%- set rule -%}
            case
                when id is null then not {{ has_table }}
                when cast(id as text) in ({{ ids | join(" union all ") }}) then false
                else not ({{ has_table }} and {{ seg2amp.waits_for_twin(tracks) }})
            end
        {%- endset -%}
        {%- do conditions.append(rule) -%}
    {%- endif -%}
    {{ return(conditions) }}
{% endmacro %}
