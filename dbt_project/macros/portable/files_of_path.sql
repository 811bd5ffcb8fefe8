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
