{#- Condition: whether one of the tables is that of the event of a row of `tracks`, by name. names: of event tables. -#}
{% macro has_event_table(names) -%}
    {%- set events = [] -%}
    {%- for name in names -%}
        {%- do events.append(seg2amp.quoted(name.lstrip("_"))) -%}
    {%- endfor -%}
    {%- if not events -%} false
    {%- else -%}
        coalesce(ltrim(lower(cast(event as text)), '_') in ({{ events | join(", ") }}), false)
    {%- endif -%}
{%- endmacro %}
