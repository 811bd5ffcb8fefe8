{#- The number of what a model changes now: one more than the highest in `build_history`. -#}
{% macro build_number() %}
    {%- set history = seg2amp.table_of("build_history") -%}
    {%- if not history -%} {{ return(1) }}{%- endif -%}
    {%- set query = "select coalesce(max(build_number), 0) + 1 from " ~ history -%}
    {{ return(run_query(query)[0][0] | int) }}
{% endmacro %}

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
    {%- set history = seg2amp.table_of("build_history") -%}
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
    {%- set found = run_query(query) if history and seg2amp.table_of(model) else [] -%}
    {%- set comes_after = not model.startswith("stg_") and model != "int_messages_known" -%}
    {%- set last = none -%}
    {%- if found | length and found[0][1] == seg2amp.mapping_hash(model) -%}
        {%- set last = found[0][0] | int -%}
        {%- if comes_after and found[0][2] > found[0][0] -%} {%- set last = none -%} {%- endif -%}
    {%- endif -%}
    {%- do known.update({model: last}) -%}
    {{ return(last) }}
{% endmacro %}

{#-
    md5 of whatever decides what a model of a message becomes: settings, the project's own SQL, its seeds. Settings that only say which rows are
    read, or that speak of a row on its way, are marked `remaps: false` in the catalogue, and seeds of that kind in their `meta`. The tables of
    the doors, which hold no setting, are asked for those alone that say which raw data there is (`lands`): no other reads it again. The same for
    all models of a run, so each is made once.
-#}
{% macro mapping_hash(model=none) %}
    {%- set known = seg2amp.memory() -%}
    {%- set lands = (model or this.identifier).startswith("stg_") -%}
    {%- set name = "landing_hash" if lands else "mapping_hash" -%}
    {%- if name in known -%} {{ return(known[name]) }}{%- endif -%}
    {%- set parts = [] -%}
    {%- for name, entry in var("setting_catalogue").items() if entry.get("lands" if lands else "remaps", not lands) -%}
        {%- do parts.append(name ~ "=" ~ tojson(seg2amp.setting(name))) -%}
    {%- endfor -%}
    {%- if lands -%}
        {%- for path in seg2amp.setting_paths() if seg2amp.context_path_is_new(path) -%}
            {%- do parts.append(path) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for key, node in graph.nodes.items() if node.package_name == "seg2amp" -%}
        {%- set is_read = (
            node.resource_type == "model"
            if not lands
            else node.name.startswith("stg_")
        ) -%}
        {%- if is_read or (
            node.resource_type == "seed"
            and node.name not in var("raw_seeds")
            and (
                node.name == "property_names"
                if lands
                else node.config.meta.get("remaps", true)
            )
        ) -%}
            {%- do parts.append(key ~ node.checksum.checksum) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name, macro in seg2amp.items() if macro.macro is defined -%}
        {%- do parts.append(macro.macro.macro_sql) -%}
    {%- endfor -%}
    {%- do known.update({name: local_md5(parts | sort | join("\n"))}) -%}
    {{ return(known[name]) }}
{% endmacro %}

{#- The post-hook of the models that map: where one is incremental, a row more in `build_history`. -#}
{% macro remember_build() -%}
    {%- do ref("build_history") -%}
    {%- if execute and model.config.materialized == "incremental" -%}
        insert into {{ seg2amp.table_of("build_history") }}
            (model, build_number, mapping_hash, is_whole, rows_removed, built_at, invocation_id)
        values (
        {{ seg2amp.quoted(this.identifier) }},
        {{ seg2amp.build_number() }},
        {{ seg2amp.quoted(seg2amp.mapping_hash()) }},
        {{ seg2amp.last_build() is none }},
        {{ seg2amp.memory().get(this.identifier ~ " rows removed", "null") }},
        {{ seg2amp.utc_now() }},
        {{ seg2amp.quoted(invocation_id) }}
        )
    {%- endif -%}
{%- endmacro %}

{#-
    The table of another model, none before it is built. No ref, so that unit tests need not play it: another ref says that it comes before. Those
    asked for are `build_history` and, by models that come after it, `int_messages_known`.
-#}
{% macro table_of(model) %}
    {%- if not execute or this is none -%} {{ return(none) }}{%- endif -%}
    {{ return(load_cached_relation(this.incorporate(path={"identifier": model}))) }}
{% endmacro %}

{#- Whether an incremental model has a table that this build adds to; never in a unit test, which has no table at all. -#}
{% macro has_table() %}
    {{ return(execute and this is not none and is_incremental()) }}
{% endmacro %}
