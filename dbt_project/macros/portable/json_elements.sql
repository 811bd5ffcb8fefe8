{#-
    One row per element of a JSON array, as a select over `relation` with the columns `keep`, element (JSON text) and
    element_index (1 for the first). Rows come unordered.
-#}
{% macro json_elements(relation, array, keep) %}
    {{ return(adapter.dispatch("json_elements", "seg2amp")(relation, array, keep)) }}
{% endmacro %}

{% macro default__json_elements(relation, array, keep) -%}
    {%- set kept = keep | join(", ") -%}
    select {{ kept }}, cast(elements[element_index] as text) as element, element_index
    from
        (
            select {{ kept }}, elements, unnest(range(1, len(elements) + 1)) as element_index
            from
                (
                    select {{ kept }}, json_extract({{ array }}, '$[*]') as elements
                    from {{ relation }}
                ) as arrays
        ) as numbered
{%- endmacro %}

{% macro postgres__json_elements(relation, array, keep) -%}
    select
        {{ keep | join(", ") }},
        cast(exploded.value as text) as element,
        exploded.ordinality as element_index
    from {{ relation }}
    cross join lateral json_array_elements(cast({{ array }} as json))
    with ordinality as exploded(value, ordinality)
{%- endmacro %}
