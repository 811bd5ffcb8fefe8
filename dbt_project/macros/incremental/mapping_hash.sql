{#-
    md5 of whatever decides what a message becomes: settings, the project's own SQL, its seeds. Settings that only say which rows are read, or
    that speak of a row on its way, are marked `remaps: false` in the catalogue, and seeds of that kind in their `meta`. The same for all
    models of a run, so it is made once.
-#}
{% macro mapping_hash() %}
    {%- set known = seg2amp.memory() -%}
    {%- if "mapping_hash" not in known -%}
        {%- do known.update({"mapping_hash": seg2amp._mapping_hash()}) -%}
    {%- endif -%}
    {{ return(known.mapping_hash) }}
{% endmacro %}

{% macro _mapping_hash() %}
    {%- set parts = [] -%}
    {%- for name, entry in var("setting_catalogue").items() if entry.get("remaps", true) -%}
        {%- do parts.append(name ~ "=" ~ tojson(seg2amp.setting(name))) -%}
    {%- endfor -%}
    {%- for key, node in graph.nodes.items() if node.package_name == "seg2amp" -%}
        {%- if node.resource_type == "model" or (
            node.resource_type == "seed"
            and node.name not in var("raw_seeds")
            and node.config.meta.get("remaps", true)
        ) -%}
            {%- do parts.append(key ~ node.checksum.checksum) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name, macro in seg2amp.items() if macro.macro is defined -%}
        {%- do parts.append(macro.macro.macro_sql) -%}
    {%- endfor -%}
    {{ return(local_md5(parts | sort | join("\n"))) }}
{% endmacro %}
