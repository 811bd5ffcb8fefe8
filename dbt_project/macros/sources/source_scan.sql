{#-
    What one raw table tells the findings of `source_findings`, in one scan: rows of finding, source_relation, source_table, column_name,
    row_count, of_rows and detail, where a rule holds for at least one row.
    event_tables: the names of the events' tables beside it; rules: what `source_findings` gives.
-#}
{% macro source_scan(table, event_tables, rules) -%}
    {%- set measures = (
        seg2amp._rules_measured(table, rules)
        + seg2amp._columns_measured(table)
        + seg2amp._texts_measured(table)
    ) %}
    {%- for measure in measures if not measure.count -%}
        {%- do measure.update({"count": "count(case when " ~ measure.when ~ " then 1 end)"}) -%}
    {%- endfor -%}
    {%- set lists = {"finding": [], "column_name": [], "row_count": [], "detail": []} -%}
    {%- for measure in measures -%}
        {%- do lists.finding.append("cast(" ~ seg2amp.quoted(measure.finding) ~ " as text)") -%}
        {%- do lists.column_name.append(
            "cast("
            ~ (seg2amp.quoted(measure.column) if measure.column else "null")
            ~ " as text)"
        ) -%}
        {%- do lists.row_count.append("count_" ~ loop.index) -%}
        {%- do lists.detail.append(
            "detail_" ~ loop.index if measure.detail else "cast(null as text)"
        ) -%}
    {%- endfor -%}
    {%- set scan -%}
        (
            select
                count(*) as total
                {%- for measure in measures %}
                    , {{ measure.count }} as count_{{ loop.index }}
                    {%- if measure.detail %}, {{ measure.detail }} as detail_{{ loop.index }}{% endif %}
                {%- endfor %}
            from ({{ seg2amp.source_rows(table, event_tables) }}) as raw_rows
        ) as scan
    {%- endset %}
    select
        finding,
        {{ seg2amp.quoted(table.schema) }} as source_relation,
        {{ seg2amp.quoted(table.name) }} as source_table,
        column_name,
        row_count,
        total as of_rows,
        detail
    from
        (
            select
                total
                {%- for name, expressions in lists.items() %}
                    , unnest(array[{{ expressions | join(", ") }}]) as {{ name }}
                {%- endfor %}
            from {{ scan }}
        ) as measures
    where row_count > 0
{%- endmacro %}

{#-
    The rules that hold row by row, and those that hold for all rows because the table lacks columns: measures of `source_scan`, {finding,
    column, when or count, detail}, in SQL as `source_findings` has them.
-#}
{% macro _rules_measured(table, rules) %}
    {%- set measures = [] -%}
    {%- for rule in rules if rule.when or rule.lacks or rule.count -%}
        {%- set concerned = table.calls | select("in", rule.calls or table.calls) | list -%}
        {%- set lacking = not (rule.lacks and table.columns | select("in", rule.lacks) | list) -%}
        {%- if concerned and lacking and (rule.needs or "id") in ["id"] + table.columns | list -%}
            {%- set condition = "(" ~ (rule.when or "true") ~ ")" -%}
            {%- if concerned | length < table.calls | length -%}
                {%- set condition = (
                    condition ~ " and call_type = " ~ seg2amp.quoted(concerned[0])
                ) -%}
            {%- endif -%}
            {%- do measures.append(
                {
                    "finding": rule.finding,
                    "column": rule.column
                    or (rule.lacks | first if rule.lacks else none),
                    "when": condition,
                    "count": rule.count,
                    "detail": rule.detail,
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(measures) }}
{% endmacro %}

{#-
    Whether the rows of an event's table are that event's, and how many rows each of the columns that hold a session id fills: measures of
    `source_scan`.
-#}
{% macro _columns_measured(table) %}
    {%- set measures = [] -%}
    {%- if table.name != "tracks" and "track" in table.calls -%}
        {%- set own = seg2amp.quoted(table.name.lstrip("_")) -%}
        {%- set foreign = "ltrim(lower(event_slug), '_') <> " ~ own -%}
        {%- set names = "count(distinct event_text)" -%}
        {%- do measures.append(
            {
                "finding": "event_of_another_table",
                "column": "event",
                "when": foreign,
                "detail": "'such as ' || min(case when "
                ~ foreign
                ~ " then event_slug end)",
            }
        ) -%}
        {%- do measures.append(
            {
                "finding": "several_event_names",
                "column": "event_text",
                "count": "case when " ~ names ~ " > 1 then " ~ names ~ " end",
                "detail": "min(event_text) || ', ' || max(event_text)",
            }
        ) -%}
    {%- endif -%}
    {%- for column, name in [
        ["context_actions_amplitude_session_id", "actions_session"],
        ["context_amplitude_session_id", "classic_session"],
    ] if column in table.columns -%}
        {%- do measures.append(
            {
                "finding": "session_id_found",
                "column": column,
                "count": "count(" ~ name ~ ")",
                "detail": seg2amp.quoted(seg2amp.type_kind(table.columns[column])),
            }
        ) -%}
    {%- endfor -%}
    {{ return(measures) }}
{% endmacro %}

{#-
    Text that was cut off, and lists that are no JSON any more: measures of `source_scan`. 512 characters are what Segment gives a text column
    on Redshift. Products that begin as JSON and have just the length of a usual text column were cut off there. Source: Segment keeps arrays
    as JSON text.
-#}
{% macro _texts_measured(table) %}
    {%- set measures = [] -%}
    {%- for column in seg2amp.source_texts(table) -%}
        {%- set text = "text_" ~ loop.index -%}
        {%- set longest = "'the longest has ' || max(length(" ~ text ~ ")) || ' characters'" -%}
        {%- if column == "products" -%}
            {%- set widths -%}
                255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096, 5000, 5120,
                8000, 8192, 10000, 16384, 20000, 32767, 32768, 65535, 65536
            {%- endset -%}
            {%- set given = text ~ " <> ''" -%}
            {%- set begins = "left(ltrim(" ~ text ~ "), 1) in ('[', '{')" -%}
            {%- set cut = begins ~ " and length(" ~ text ~ ") in (" ~ widths ~ ")" -%}
            {%- set json = seg2amp.is_json(text) -%}
            {%- set conditions = {
                "products_cut": given ~ " and " ~ cut ~ " and not " ~ json,
                "products_unreadable": given ~ " and not (" ~ cut ~ ") and not " ~ json,
                "products_not_list": given ~ " and not " ~ begins ~ " and " ~ json,
            } -%}
            {%- for finding, condition in conditions.items() -%}
                {%- do measures.append(
                    {
                        "finding": finding,
                        "column": column,
                        "when": condition,
                        "detail": longest,
                    }
                ) -%}
            {%- endfor -%}
        {%- else -%}
            {%- set is_list = "left(" ~ text ~ ", 2) in ('[\"', '[{')" -%}
            {%- set cut = is_list ~ " and not " ~ seg2amp.is_json(text) -%}
            {%- set length = "length(" ~ text ~ ")" -%}
            {%- set full = "count(case when " ~ length ~ " = 512 then 1 end)" -%}
            {%- set count = "case when max(" ~ length ~ ") = 512 then " ~ full ~ " end" -%}
            {%- do measures.append(
                {"finding": "list_unreadable", "column": column, "when": cut}
            ) -%}
            {%- do measures.append({"finding": "text_cut", "column": column, "count": count}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(measures) }}
{% endmacro %}

{#-
    The rows of one raw table as the findings of `source_findings` ask about them: ids as text (empty text is none), moments as naive
    UTC or epoch ms, whatever the table lacks as NULL. Text columns follow as text_1, text_2 …, in the order of `source_texts`.
    event_tables: the names of the events' tables beside it. Of `tracks` those rows are left out whose event has one: they are judged there.
-#}
{% macro source_rows(table, event_tables) -%}
    {%- set columns = table.columns -%}
    {%- set texts = [
        ["message_id", "id"],
        ["user_id", "user_id"],
        ["device_id", "context_device_id"],
        ["anonymous_id", "anonymous_id"],
        ["group_id", "group_id"],
        ["previous_id", "previous_id"],
        ["actions_session", "context_actions_amplitude_session_id"],
        ["classic_session", "context_amplitude_session_id"],
        ["event_text", "event_text"],
        ["event_slug", "event"],
        ["name", "name"],
        ["category", "category"],
        ["products", "products"],
        ["sent_time", "timestamp"],
    ] -%}
    {%- set type, quoted = columns.get("timestamp"), seg2amp.quoted_name("timestamp") -%}
    select
        {%- for name, column in texts %}
            {% if column in columns -%} nullif(cast({{ seg2amp.quoted_name(column) }} as text), '')
            {%- else -%} cast(null as text)
            {%- endif %} as {{ name }},
        {%- endfor %}
        {#- A table that two calls share holds track calls where a row has the name of an event. -#}
        {%- if table.calls | length == 1 -%} {{ seg2amp.quoted(table.calls[0]) }}
        {%- else -%}
            case
                when {{ seg2amp.quoted_name("event_text") }} is null
                then {{ seg2amp.quoted(table.calls[0]) }}
                else 'track'
            end
        {%- endif %} as call_type,
        {#- As the mapping reads it, but a moment that nobody can mean too: epoch ms, UTC. -#}
        {%- if not type -%} cast(null as bigint)
        {%- elif type.startswith(("timestamp", "date")) -%}
            {{ seg2amp.epoch_ms(seg2amp.plain_timestamp(quoted, type)) }}
        {%- else -%}
            {{
                seg2amp.json_time_ms(
                    seg2amp.column_json("timestamp", type, arrays=false),
                    seg2amp.setting("digits_are_epoch"),
                    seg2amp.setting("javascript_dates"),
                )
            }}
        {%- endif %} as happened_ms,
        {{
            seg2amp.moment(
                "received_at" if "received_at" in columns else none,
                columns.get("received_at", ""),
            )
        }} as received_at,
        {{ seg2amp.load_time(table) or "cast(null as timestamp)" }} as loaded_at
        {%- for text in seg2amp.source_texts(table) %}
            , cast({{ seg2amp.quoted_name(text) }} as text) as text_{{ loop.index }}
        {%- endfor %}
    from {{ seg2amp.raw_rows(table) }}
    {%- if table.name == "tracks" and "event" in columns %}
        where
            {{ seg2amp.event_is_chosen(table) }} and not {{ seg2amp.has_event_table(event_tables) }}
    {%- endif %}
{%- endmacro %}
