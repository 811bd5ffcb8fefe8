{#-
    What one raw table tells the findings of `source_findings`, in one scan: rows of finding, source_relation, source_table, column_name,
    row_count, of_rows and detail, where a rule holds for at least one row.
    event_tables: the names of the events' tables beside it; rules: what `source_findings` gives.
-#}
{% macro source_scan(table, event_tables, rules) -%}
    {%- set measures = (
        seg2amp._rules_measured(table, rules)
        + seg2amp._names_measured(table)
        + seg2amp._sessions_measured(table)
        + seg2amp._texts_measured(table)
    ) %}
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

{% macro _counted(condition) -%} count(case when {{ condition }} then 1 end) {%- endmacro %}

{#- The rules that hold row by row, and those that hold for all rows because the table lacks columns. -#}
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
                    "count": rule.count or seg2amp._counted(condition),
                    "detail": rule.detail,
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(measures) }}
{% endmacro %}

{#- Whether the rows of an event's table are that event's. -#}
{% macro _names_measured(table) %}
    {%- if table.name == "tracks" or "track" not in table.calls -%} {{ return([]) }}{%- endif -%}
    {%- set own = seg2amp.quoted(table.name.lstrip("_")) -%}
    {%- set foreign = "ltrim(lower(event_slug), '_') <> " ~ own -%}
    {%- set names = "count(distinct event_text)" -%}
    {{
        return(
            [
                {
                    "finding": "event_of_another_table",
                    "column": "event",
                    "count": seg2amp._counted(foreign),
                    "detail": "'such as ' || min(case when " ~ foreign ~ " then event_slug end)",
                },
                {
                    "finding": "several_event_names",
                    "column": "event_text",
                    "count": "case when " ~ names ~ " > 1 then " ~ names ~ " end",
                    "detail": "min(event_text) || ', ' || max(event_text)",
                },
            ]
        )
    }}
{% endmacro %}

{#- How many rows each of the columns that hold a session id fills. -#}
{% macro _sessions_measured(table) %}
    {%- set measures = [] -%}
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
    Text that was cut off, and lists that are no JSON any more. 512 characters are what Segment gives a text column on Redshift. Products that begin as JSON
    and have just the length of a usual text column were cut off there. Source: Segment keeps arrays as JSON text.
-#}
{% macro _texts_measured(table) %}
    {%- set measures = [] -%}
    {%- for column in seg2amp.source_texts(table) -%}
        {%- set text = "text_" ~ loop.index -%}
        {%- set longest = "'the longest has ' || max(length(" ~ text ~ ")) || ' characters'" -%}
        {%- if column == "products" -%}
            {%- set widths = [
                255,
                256,
                500,
                512,
                1000,
                1024,
                2000,
                2048,
                4000,
                4096,
                5000,
                5120,
                8000,
                8192,
                10000,
                16384,
                20000,
                32767,
                32768,
                65535,
                65536,
            ] -%}
            {%- set given = text ~ " <> ''" -%}
            {%- set begins = "left(ltrim(" ~ text ~ "), 1) in ('[', '{')" -%}
            {%- set cut = begins ~ " and length(" ~ text ~ ") in (" ~ widths | join(", ") ~ ")" -%}
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
                        "count": seg2amp._counted(condition),
                        "detail": longest,
                    }
                ) -%}
            {%- endfor -%}
        {%- else -%}
            {%- set is_list = "left(" ~ text ~ ", 2) in ('[\"', '[{')" -%}
            {%- set cut = is_list ~ " and not " ~ seg2amp.is_json(text) -%}
            {%- set is_longest = seg2amp._counted("length(" ~ text ~ ") = 512") -%}
            {%- set counts = {
                "list_unreadable": seg2amp._counted(cut),
                "text_cut": "case when max(length("
                ~ text
                ~ ")) = 512 then "
                ~ is_longest
                ~ " end",
            } -%}
            {%- for finding, count in counts.items() -%}
                {%- do measures.append({"finding": finding, "column": column, "count": count}) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(measures) }}
{% endmacro %}
