{#- The lines of the raw JSON files that are read now, as `parsed_lines` takes them. files, lines: the models that know of them. -#}
{% macro lines_of_files(files, lines) -%}
    select
        files.source_relation,
        lines.file as source_table,
        lines.source_line,
        lines.raw,
        lines.problem,
        files.modified_at as loaded_at
    from {{ lines }} as lines
    inner join {{ files }} as files on lines.file = files.file and lines.read_in = files.read_in
    where files.to_read and lines.source_line is not null
{%- endmacro %}
