{#-
    Up to which number an incremental model has taken everything in; none where it must take in everything: on a first build, with
    `--full-refresh`, or when settings, seeds or the project's SQL have changed since.
-#}
{% macro last_build() %}
    {{ return(seg2amp._taken_in(this.identifier) if seg2amp.has_table() else none) }}
{% endmacro %}

{% macro _taken_in(model) %}
    {%- set history = seg2amp.history() -%}
    {%- if not history -%} {{ return(none) }}{%- endif -%}
    {%- set query -%}
        select build_number, mapping_hash
        from {{ history }}
        where model = {{ seg2amp.quoted(model) }}
        order by build_number desc
        limit 1
    {%- endset -%}
    {%- set found = run_query(query) -%}
    {%- if found | length and found[0][1] == seg2amp.mapping_hash() -%}
        {{ return(found[0][0] | int) }}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
