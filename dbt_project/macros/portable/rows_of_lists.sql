{#-
    Lists of the same length, side by side, as rows: a select over `relation` with the columns `keep` and one for each list.
    lists: {name: [SQL expression]}, the expressions of one list all of one type.
-#}
{% macro rows_of_lists(relation, keep, lists) -%}
    select
        {{ keep | join(", ") }}
        {%- for name, expressions in lists.items() %}
            , unnest(array[{{ expressions | join(", ") }}]) as {{ name }}
        {%- endfor %}
    from {{ relation }}
{%- endmacro %}
