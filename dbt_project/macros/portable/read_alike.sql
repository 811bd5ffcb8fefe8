{#-
    A select that reads many columns in a few ways. readings: {SQL that speaks of `each_value`: {name: column}}; kept: columns that stay as
    they are. DuckDB reads all columns of one way as a list, and so plans that way once, which for some fifty fields takes longer than to map
    ten thousand messages.
-#}
{% macro read_alike(relation, kept, readings) %}
    {{ return(adapter.dispatch("read_alike", "seg2amp")(relation, kept, readings)) }}
{% endmacro %}

{% macro default__read_alike(relation, kept, readings) -%}
    {%- set columns, lists = [], [] -%}
    {%- for reading, read in readings.items() -%}
        {%- set way = loop.index -%}
        {%- for name in read -%}
            {%- do columns.append("way_" ~ way ~ "[" ~ loop.index ~ "] as " ~ name) -%}
        {%- endfor -%}
        {%- do lists.append(
            "list_transform([" ~ read.values()
            | join(", ") ~ "], lambda each_value:" ~ reading ~ ") as way_" ~ way
        ) -%}
    {%- endfor -%}
    select {{ seg2amp.listed(kept + columns) }}
    from (select {{ seg2amp.listed(kept + lists, 16) }} from {{ relation }}) as read_in_lists
{%- endmacro %}

{% macro postgres__read_alike(relation, kept, readings) -%}
    select
        {{ kept | join(", ") }}
        {%- for reading, columns in readings.items() %}
            {%- for name, column in columns.items() %}
                , {{ reading | replace("each_value", column) }} as {{ name }}
            {% endfor %}
        {%- endfor %}
    from {{ relation }}
{%- endmacro %}
