{#-
    Stops the build where files of raw JSON that are to be read were not: the models before `stg_segment__raw_json` were left out.
    No refs, so that unit tests need not play them.
-#}
{% macro check_lines_are_read() %}
    {%- if not execute or this is none -%} {{ return("") }}{%- endif -%}
    {%- set files = this.incorporate(path={"identifier": "stg_segment__raw_json_files"}) -%}
    {%- set lines = this.incorporate(path={"identifier": "stg_segment__raw_json_lines"}) -%}
    {%- set everything = seg2amp.last_build() is none -%}
    {%- set query -%}
        select min(files.file)
        from {{ files }} as files
        left join
            {{ lines }} as receipts
            on files.file = receipts.file
            and files.read_in = receipts.read_in
            and receipts.source_line is null
        where
            (files.to_read and receipts.file is null)
            {%- if everything %} or (files.read_in is not null and not files.to_read) {%- endif %}
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
