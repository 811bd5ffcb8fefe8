{#-
    One row of what was found, known when it is compiled, in the columns of `source_scan`.
    rows, of: numbers or none; column, detail: text or none.
-#}
{% macro source_measure(
    finding, schema, table=none, column=none, rows=none, of=none, detail=none
) -%}
    select
        {{ seg2amp.quoted(finding) }} as finding,
        {{ seg2amp.quoted(schema) }} as source_relation,
        {%- for name, text in [["source_table", table], ["column_name", column]] %}
            {{ seg2amp.quoted(text) if text else "cast(null as text)" }} as {{ name }},
        {%- endfor %}
        {%- for name, number in [["row_count", rows], ["of_rows", of]] %}
            cast({{ "null" if number is none else number }} as bigint) as {{ name }},
        {%- endfor %}
        {{ seg2amp.quoted(detail) if detail else "cast(null as text)" }} as detail
{%- endmacro %}
