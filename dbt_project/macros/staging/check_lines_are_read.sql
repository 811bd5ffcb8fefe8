{#-
    Stops the build where files of raw JSON that wait to be read were not, or others would be needed too: the models before
    `stg_segment__raw_json` were left out. No refs, so that unit tests need not play them.
    pending: condition on `stg_segment__raw_json_files`
-#}
{% macro check_lines_are_read(pending) %}
    {%- if not execute or this is none -%} {{ return("") }}{%- endif -%}
    {%- set files = this.incorporate(path={"identifier": "stg_segment__raw_json_files"}) -%}
    {%- set lines = this.incorporate(path={"identifier": "stg_segment__raw_json_lines"}) -%}
    {%- set query -%}
        select min(file)
        from {{ files }} as files
        where
            (
                {{ pending }}
                and not exists (
                    select 1
                    from {{ lines }} as lines
                    where
                        lines.file = files.file
                        and lines.read_in = files.read_in
                        and lines.source_line is null
                )
            )
            {%- if seg2amp.last_build() is none %} or (read_in is not null and not to_read) {%- endif %}
    {%- endset -%}
    {%- set file = run_query(query)[0][0] -%}
    {%- if file -%}
        {{
            exceptions.raise_compiler_error(
                "Path `"
                ~ file
                ~ "` of `raw_json_path` was not read; build `+stg_segment__raw_json`, with what comes before it."
            )
        }}
    {%- endif -%}
{% endmacro %}
