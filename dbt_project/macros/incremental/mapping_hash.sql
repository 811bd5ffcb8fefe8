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
