{#-
    Condition: whether a text is one of some words; NULL where it is NULL. DuckDB makes a join of a list of five words or more, which costs
    more than it saves where a query has many of them, so it gets shorter lists.
-#}
{% macro is_any(text, words) %}
    {{ return(adapter.dispatch("is_any", "seg2amp")(text, words) if words else "false") }}
{% endmacro %}

{% macro default__is_any(text, words) -%}
    {%- set lists = [] -%}
    {%- for some in words | batch(4) -%}
        {%- do lists.append(text ~ " in ('" ~ some | join("', '") ~ "')") -%}
    {%- endfor -%}
    ({{ lists | join(" or ") }})
{%- endmacro %}

{% macro postgres__is_any(text, words) -%}
    ({{ text }} in ('{{ words | join("', '") }}'))
{%- endmacro %}
