{#- Fails for every combination of `columns` that more than one row has. -#}
{% test unique_together(model, columns) %}
    select {{ columns | join(", ") }}, count(*) as rows_with_it
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1
{% endtest %}
