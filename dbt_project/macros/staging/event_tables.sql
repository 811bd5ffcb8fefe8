{#-
    Of a schema's tables, the names of those that hold one kind of track call each: they carry `id` and `event_text`
    and are neither `tracks` itself nor a view that Segment keeps beside a table.
-#}
{% macro event_tables(tables) %}
    {%- set names = [] -%}
    {%- for name, columns in tables.items() if "id" in columns and "event_text" in columns -%}
        {%- if name != "tracks" and not name.endswith("_view") and not name.startswith(
            "__segment_"
        ) -%}
            {%- do names.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
