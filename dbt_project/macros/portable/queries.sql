{#- Before the select of a CTE that is used more than once: read it again each time, where the engine would store it. -#}
{% macro read_in_place() %}
    {{ return(adapter.dispatch("read_in_place", "seg2amp")()) }}
{% endmacro %}

{% macro default__read_in_place() -%} {%- endmacro %}

{% macro duckdb__read_in_place() -%} not materialized {%- endmacro %}

{% macro postgres__read_in_place() -%} not materialized {%- endmacro %}

{#-
    Before the select of a CTE that a later build reads few rows with: DuckDB gives a table of fewer than 122,880 rows to one core, and shares
    stored rows among all. A build that maps everything has rows enough, and stores nothing twice.
-#}
{% macro stored_if_few() %}
    {{ return(adapter.dispatch("stored_if_few", "seg2amp")()) }}
{% endmacro %}

{% macro default__stored_if_few() -%} {%- endmacro %}

{% macro duckdb__stored_if_few() -%}
    {{ "materialized" if seg2amp.last_build() is not none }}
{%- endmacro %}

{#-
    A select that reads many columns in a few ways. readings: {SQL that speaks of `each_value`: {name: column}}; kept: columns that stay as
    they are. DuckDB reads all columns of one way as a list, and so plans that way once, which for some fifty fields takes longer than to map
    ten thousand messages.
-#}
{% macro read_alike(relation, kept, readings) %}
    {{ return(adapter.dispatch("read_alike", "seg2amp")(relation, kept, readings)) }}
{% endmacro %}

{% macro default__read_alike(relation, kept, readings) -%}
    {%- set columns, lists = [], [] -%}
    {%- for reading, read in readings.items() -%}
        {%- set way = loop.index -%}
        {%- for name in read -%}
            {%- do columns.append("way_" ~ way ~ "[" ~ loop.index ~ "] as " ~ name) -%}
        {%- endfor -%}
        {%- do lists.append(
            "list_transform([" ~ read.values()
            | join(", ") ~ "], lambda each_value:" ~ reading ~ ") as way_" ~ way
        ) -%}
    {%- endfor -%}
    select {{ seg2amp.listed(kept + columns) }}
    from (select {{ seg2amp.listed(kept + lists, 16) }} from {{ relation }}) as read_in_lists
{%- endmacro %}

{% macro postgres__read_alike(relation, kept, readings) -%}
    select
        {{ kept | join(", ") }}
        {%- for reading, columns in readings.items() %}
            {%- for name, column in columns.items() %}
                , {{ reading | replace("each_value", column) }} as {{ name }}
            {% endfor %}
        {%- endfor %}
    from {{ relation }}
{%- endmacro %}

{#- Whether one transaction holds a model's rows and what its post-hooks write. -#}
{% macro commits_with_hooks() %}
    {{ return(adapter.dispatch("commits_with_hooks", "seg2amp")()) }}
{% endmacro %}

{% macro default__commits_with_hooks() %} {{ return(false) }} {% endmacro %}

{% macro duckdb__commits_with_hooks() %} {{ return(true) }} {% endmacro %}

{% macro postgres__commits_with_hooks() %} {{ return(true) }} {% endmacro %}

{#-
    The files that a path or a pattern names, where the engine itself can read files: file, bytes and modified_at (naive UTC).
    No content is read. Of a pattern only files of messages: whatever else lies beside them is passed over.
-#}
{% macro files_of_path(path) %}
    {{ return(adapter.dispatch("files_of_path", "seg2amp")(path)) }}
{% endmacro %}

{% macro default__files_of_path(path) %}
    {{
        exceptions.raise_compiler_error(
            "Setting `raw_json_path`: "
            ~ target.type
            ~ " cannot read a file; land its lines in a table (line, raw) and name it in `raw_json_relation`."
        )
    }}
{% endmacro %}

{% macro duckdb__files_of_path(path) -%}
    select filename as file, size as bytes, {{ seg2amp.naive_utc("last_modified") }} as modified_at
    from read_blob({{ seg2amp.quoted(path) }})
    {%- if modules.re.search("[*?[]", path) %}
        where
            regexp_matches(
                lower(filename), '[.](json|jsonl|ndjson|parquet)([.](gz|zst))?$|[.](gz|zst)$'
            )
            or filename = {{ seg2amp.quoted(path) }}
    {%- endif %}
{%- endmacro %}
