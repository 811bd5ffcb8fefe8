{#-
    The lines of a text file that the engine itself can read, as source_relation, source_line and raw.
    The field separator is one that no line of JSON can hold. Empty lines are passed over and not counted.
-#}
{% macro lines_of_file(path) %}
    {{ return(adapter.dispatch("lines_of_file", "seg2amp")(path)) }}
{% endmacro %}

{% macro default__lines_of_file(path) %}
    {{
        exceptions.raise_compiler_error(
            "Setting `raw_json_path`: "
            ~ target.type
            ~ " cannot read a file; land its lines in a table (line, raw) and name it in `raw_json_relation`."
        )
    }}
{% endmacro %}

{% macro duckdb__lines_of_file(path) -%}
    {%- set file = dbt.escape_single_quotes(path) -%}
    select '{{ file }}' as source_relation, row_number() over () as source_line, raw
    from
        read_csv(
            '{{ file }}',
            columns = {'raw':'VARCHAR'},
            header = false,
            auto_detect = false,
            delim = '{{ "\x1f\x1e\x1d\x1c" }}',
            quote = '',
            escape = '',
            nullstr = '{{ "\x1c\x1d" }}',
            max_line_size = 33554432
        )
{%- endmacro %}
