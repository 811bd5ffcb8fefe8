{#-
    The ids of a group of rows as text for people: their number and the first five by `place`, their rank from 1.
    An aggregate: the query groups by what the ids have in common.
-#}
{% macro first_ids(id, place) -%}
    cast(count(*) as text)
    || ': '
    || string_agg(case when {{ place }} <= 5 then {{ id }} end, ', ' order by {{ place }})
    || case when count(*) > 5 then ', …' else '' end
{%- endmacro %}
