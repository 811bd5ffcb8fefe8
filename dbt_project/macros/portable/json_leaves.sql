{#-
    Columns cut out of one JSON column in a single parse, as a select over `relation`.
    keep: columns passed on; leaves: list of {name, path}; each becomes a column `name` of JSON text.
    Unreadable JSON stops the build: keep it out of the relation.
-#}
{% macro json_leaves(relation, json, keep, leaves) %}
    {{ return(adapter.dispatch("json_leaves", "seg2amp")(relation, json, keep, leaves)) }}
{% endmacro %}

{% macro default__json_leaves(relation, json, keep, leaves) -%}
    {%- set paths, columns = [], [] -%}
    {%- for leaf in leaves -%}
        {%- do paths.append("'" ~ seg2amp.json_path(leaf.path) ~ "'") -%}
        {%- do columns.append("cast(leaves[" ~ loop.index ~ "] as text) as " ~ leaf.name) -%}
    {%- endfor -%}
    select {{ seg2amp.listed(keep) }}, {{ seg2amp.listed(columns) }}
    from
        (
            select
                {{ seg2amp.listed(keep, 16) }},
                json_extract({{ json }}, [{{ seg2amp.listed(paths, 24) }}]) as leaves
            from {{ relation }}
        ) as parsed
{%- endmacro %}

{% macro postgres__json_leaves(relation, json, keep, leaves) -%}
    {%- set kept = keep | join(", ") -%}
    select
        {{ kept }}
        {%- for leaf in leaves %}
            , cast(parsed #> {{ seg2amp.json_path(leaf.path) }} as text) as {{ leaf.name }}
        {%- endfor %}
    from (select {{ kept }}, cast({{ json }} as json) as parsed from {{ relation }}) as parsed
{%- endmacro %}
