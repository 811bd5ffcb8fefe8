{#-
    Says of each portion, as `portions` gives them, from which load on it must be read again, in `since`: SQL of a moment, none for the whole.
    Two queries: up to when rows were landed, then whether as many of them are in the raw table as there were.
-#}
{% macro find_new(portions) %}
    {%- set until = {} -%}
    {%- set query -%}
        select source_relation, source_table, max(loaded_at) from {{ this }} group by 1, 2
    {%- endset -%}
    {%- for relation, table, loaded_at in run_query(query) if loaded_at is not none -%}
        {%- do until.update({relation ~ "|" ~ table: loaded_at}) -%}
    {%- endfor -%}
    {%- set look_back = modules.datetime.timedelta(hours=seg2amp.setting("look_back_hours")) -%}
    {%- set sums = [] -%}
    {%- for portion in portions -%}
        {%- set loaded_at = until.get(portion.table.schema ~ "|" ~ portion.table.name) -%}
        {%- if portion.loaded_at and loaded_at -%}
            {%- do portion.update({"since": seg2amp.moment_literal(loaded_at - look_back)}) -%}
            {%- do sums.append(seg2amp._sums(portion, loop.index0)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if sums -%}
        {%- for index, in_table, landed in run_query(sums | join(" union all ")) -%}
            {%- if in_table != landed -%}
                {%- do portions[index | int].update({"since": none}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{% macro _sums(portion, index) -%}
    {%- set window = portion.get("window", seg2amp.read_window("received_at")) -%}
    select
        {{ index }} as portion,
        (
            select count(*)
            from {{ seg2amp.raw_rows(portion.table) }}
            where
                {{ portion.conditions | join(" and ") }}
                and {{ portion.loaded_at }} < {{ portion.since }}
        ) as in_table,
        (
            select count(*)
            from {{ this }}
            where
                {{ seg2amp.portion_rows(portion) }} and loaded_at < {{ portion.since }}
                {%- for condition in window %} and {{ condition }} {%- endfor %}
        ) as landed
{%- endmacro %}
