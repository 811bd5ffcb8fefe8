{#- What message ids tell of tables and schemas that hold the same one: a list of selects in the columns of `source_scan`. ids: as `source_ids` gives them. -#}
{% macro source_copies(ids) %}
    {%- set parts = [] -%}
    {%- for finding, place, within in [
        ["id_in_several_tables", "source_table", "source_relation"],
        ["id_in_several_sources", "source_relation", "cast(null as text)"],
    ] -%}
        {%- set part -%}
            select
                '{{ finding }}' as finding,
                min(source_relation) as source_relation,
                cast(null as text) as source_table,
                'id' as column_name,
                count(*) as row_count,
                cast(null as bigint) as of_rows,
                'such as in ' || min(first_place) || ' and ' || max(last_place) as detail
            from
                (
                    select
                        min(source_relation) as source_relation,
                        min({{ place }}) as first_place,
                        max({{ place }}) as last_place
                    from {{ ids }}
                    group by id, {{ within }}
                    having min({{ place }}) <> max({{ place }})
                ) as shared
            group by {{ "source_relation" if loop.first else "cast(null as text)" }}
        {%- endset -%}
        {%- do parts.append(part) -%}
    {%- endfor -%}
    {{ return(parts) }}
{% endmacro %}
