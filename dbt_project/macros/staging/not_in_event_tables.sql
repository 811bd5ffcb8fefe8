{#- The condition that keeps, of `tracks`, only the rows that have no row in a table of their event. -#}
{% macro not_in_event_tables(schema, events) -%}
    {%- if events %}
        where
            id is null
            or id not in (
                {%- for event in events %}
                    {%- set relation = api.Relation.create(
                        database=target.database, schema=schema, identifier=event
                    ) %}
                    select id
                    from {{ relation }}
                    where id is not null {{- " union all" if not loop.last }}
                {%- endfor %}
            )
    {%- endif -%}
{%- endmacro %}
