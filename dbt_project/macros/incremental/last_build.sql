{#-
    Up to which number an incremental model has taken everything in; none where it must take in everything: on a first build, with
    `--full-refresh`, when settings, seeds or the project's SQL have changed since, or when the messages it stands on were made anew as a whole:
    a build that stopped halfway is made good by the next.
    model: another one than this, of which one that comes before it asks.
-#}
{% macro last_build(model=none) %}
    {%- if model and (not execute or this is none or should_full_refresh()) -%} {{ return(none) }}
    {%- elif not model and not seg2amp.has_table() -%} {{ return(none) }}
    {%- endif -%}
    {%- set model = model or this.identifier -%}
    {%- set known = seg2amp.memory().setdefault(
        "taken in, as " ~ this.identifier ~ " saw it", {}
    ) -%}
    {%- if model in known -%} {{ return(known[model]) }}{%- endif -%}
    {%- set history = seg2amp.history() -%}
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
    {%- set its_table = load_cached_relation(this.incorporate(path={"identifier": model})) -%}
    {%- set found = run_query(query) if history and its_table else [] -%}
    {%- set comes_after = not model.startswith("stg_") and model != "int_messages_known" -%}
    {%- set last = none -%}
    {%- if found | length and found[0][1] == seg2amp.mapping_hash(model) -%}
        {%- set last = found[0][0] | int -%}
        {%- if comes_after and found[0][2] > found[0][0] -%} {%- set last = none -%} {%- endif -%}
    {%- endif -%}
    {%- do known.update({model: last}) -%}
    {{ return(last) }}
{% endmacro %}
