{#-
    Up to which number an incremental model has taken everything in; none where it must take in everything: on a first build, with
    `--full-refresh`, when settings, seeds or the project's SQL have changed since, or when the messages it stands on were made anew as a whole:
    a build that stopped halfway is made good by the next.
-#}
{% macro last_build() %}
    {{ return(seg2amp._taken_in(this.identifier) if seg2amp.has_table() else none) }}
{% endmacro %}

{% macro _taken_in(model) %}
    {%- set known = seg2amp.memory().setdefault(
        "taken in, as " ~ this.identifier ~ " saw it", {}
    ) -%}
    {%- if model not in known -%}
        {%- do known.update({model: seg2amp._asked_taken_in(model)}) -%}
    {%- endif -%}
    {{ return(known[model]) }}
{% endmacro %}

{% macro _asked_taken_in(model) %}
    {%- set history = seg2amp.history() -%}
    {%- if not history -%} {{ return(none) }}{%- endif -%}
    {%- set query -%}
        select
            build_number,
            mapping_hash,
            (
                select coalesce(max(build_number), 0)
                from {{ history }}
                where model = 'int_messages_known' and is_whole
            ) as whole
        from {{ history }}
        where model = {{ seg2amp.quoted(model) }}
        order by build_number desc
        limit 1
    {%- endset -%}
    {%- set found = run_query(query) -%}
    {%- set comes_after = not model.startswith("stg_") and model != "int_messages_known" -%}
    {%- if not found | length or found[0][1] != seg2amp.mapping_hash(model) -%} {{ return(none) }}
    {%- elif comes_after and found[0][2] > found[0][0] -%} {{ return(none) }}
    {%- else -%} {{ return(found[0][0] | int) }}
    {%- endif -%}
{% endmacro %}
