{#- Condition: whether the event of a row of `tracks` is none of those whose table `include_tables` and `exclude_tables` leave out. -#}
{% macro event_is_chosen(tracks) -%}
    {%- set left_out = [] -%}
    {%- for table in seg2amp.raw_tables(tracks.schema) if not (
        table.is_chosen
        or table.name in seg2amp.call_tables()
    ) -%}
        {%- do left_out.append(table.name) -%}
    {%- endfor -%}
    not {{ seg2amp.has_event_table(left_out if "event" in tracks.columns else []) }}
{%- endmacro %}
