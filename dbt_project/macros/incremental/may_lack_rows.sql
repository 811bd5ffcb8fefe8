{#-
    Whether staging may lack rows that it held when `int_messages_known` was built last. Only then is every message looked up there again.
-#}
{% macro may_lack_rows() %}
    {%- set last = seg2amp.last_build() -%}
    {%- if last is none -%} {{ return(false) }}{%- endif -%}
    {%- set query -%}
        select count(*)
        from {{ seg2amp.history() }}
        where model like 'stg%' and build_number > {{ last }} and coalesce(rows_removed, 1) > 0
    {%- endset -%}
    {{ return(run_query(query)[0][0] > 0) }}
{% endmacro %}
