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

{#- Condition: the rows of a staging model that came from one portion. -#}
{% macro portion_rows(portion) -%}
    source_relation = {{ seg2amp.quoted(portion.table.schema) }}
    and source_table = {{ seg2amp.quoted(portion.table.name) }}
{%- endmacro %}

{#- Condition: whether the event of a row of `tracks` is none of those whose table `include_tables` and `exclude_tables` leave out. -#}
{% macro event_is_chosen(tracks) -%}
    {%- set left_out = [] -%}
    {%- for table in seg2amp.raw_tables(tracks.schema) if not (
        table.is_chosen
        or table.name in seg2amp.call_tables()
    ) -%}
        {%- do left_out.append(table.name) -%}
    {%- endfor -%}
    not {{ seg2amp.has_event_table(left_out if "event" in tracks.columns else []) }}
{%- endmacro %}

{#- Condition: whether one of the tables is that of the event of a row of `tracks`, by name. names: of event tables. -#}
{% macro has_event_table(names) -%}
    {%- set events = [] -%}
    {%- for name in names -%}
        {%- do events.append(seg2amp.quoted(name.lstrip("_"))) -%}
    {%- endfor -%}
    {%- if not events -%} false
    {%- else -%}
        coalesce(ltrim(lower(cast(event as text)), '_') in ({{ events | join(", ") }}), false)
    {%- endif -%}
{%- endmacro %}

{#-
    Condition: whether a row of `tracks` was loaded less than `tracks_wait_hours` ago, so that its twin in the event's table may still come;
    false where the table does not tell when.
-#}
{% macro waits_for_twin(tracks) -%}
    {%- set loaded_at = seg2amp.load_time(tracks) -%}
    {%- set hours = seg2amp.quoted(seg2amp.setting("tracks_wait_hours")) -%}
    {%- if not loaded_at -%} false
    {%- else -%}
        coalesce({{ loaded_at }} >= {{ seg2amp.utc_now() }} - interval {{ hours }} hour, false)
    {%- endif -%}
{%- endmacro %}

{#- SQL: when Segment loaded a row of a raw table, naive UTC; none where the table does not tell. Source: uuid_ts, on BigQuery loaded_at. -#}
{% macro load_time(table) %}
    {%- set column = ["uuid_ts", "loaded_at"] | select("in", table.columns) | first -%}
    {{ return(seg2amp.moment(column, table.columns[column]) if column else none) }}
{% endmacro %}

{#- Conditions, none or two: a moment lies within the settings `read_since` and `read_until`. moment: SQL, when Segment received a message, naive UTC. -#}
{% macro read_window(moment) %}
    {%- set conditions = [] -%}
    {%- for setting, comparison in {"read_since": ">=", "read_until": "<"}.items() -%}
        {%- set bound = seg2amp.setting(setting) -%}
        {%- if bound -%}
            {%- do conditions.append(
                moment ~ " " ~ comparison ~ " " ~ seg2amp.moment_literal(bound)
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(conditions) }}
{% endmacro %}

{#- A moment, as ISO text in UTC or as a datetime, as a literal of a naive timestamp. -#}
{% macro moment_literal(moment) -%}
    cast('{{ (moment | string).rstrip("Z") | replace("T", " ") }}' as timestamp)
{%- endmacro %}
