{#- Whether the event of a row of `tracks` has a table of its own, by name; NULL without an event. event_tables: list of names. -#}
{% macro has_event_table(event_tables) -%}
    {%- set names = [] -%}
    {%- for name in event_tables -%}
        {%- do names.append(seg2amp.quoted(name.lstrip("_"))) -%}
    {%- endfor -%}
    (ltrim(lower(cast(event as text)), '_') in ({{ names | join(", ") }}))
{%- endmacro %}
