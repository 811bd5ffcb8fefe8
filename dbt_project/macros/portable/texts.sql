{#- A text as a SQL literal. -#}
{% macro quoted(text) %} {{ return("'" ~ text | replace("'", "''") ~ "'") }}{% endmacro %}

{#- A column's name as SQL takes it, whatever stands in it. -#}
{% macro quoted_name(name) %} {{ return('"' ~ name | replace('"', '""') ~ '"') }}{% endmacro %}

{#- Whether a regular expression matches somewhere in a text. -#}
{% macro regex_matches(text, pattern) %}
    {{ return(adapter.dispatch("regex_matches", "seg2amp")(text, pattern)) }}
{% endmacro %}

{% macro default__regex_matches(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro postgres__regex_matches(text, pattern) -%}({{ text }} ~ '{{ pattern }}') {%- endmacro %}

{#- The nth group of a regular expression in a text (0: the whole match), NULL where it does not match or is empty. -#}
{% macro regex_group(text, pattern, n) %}
    {{ return(adapter.dispatch("regex_group", "seg2amp")(text, pattern, n)) }}
{% endmacro %}

{% macro default__regex_group(text, pattern, n) -%}
    nullif(regexp_extract({{ text }}, '{{ pattern }}', {{ n }}), '')
{%- endmacro %}

{% macro postgres__regex_group(text, pattern, n) -%}
    {%- if n == 0 -%} nullif((regexp_match({{ text }}, '({{ pattern }})'))[1], '')
    {%- else -%} nullif((regexp_match({{ text }}, '{{ pattern }}'))[{{ n }}], '')
    {%- endif -%}
{%- endmacro %}

{#- A text with every match of a regular expression replaced, or with flags 'i' the first one, in any case. -#}
{% macro regex_replace(text, pattern, replacement, flags="g") -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', '{{ flags }}')
{%- endmacro %}

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

{#- Condition: whether a text is one of a list of texts. -#}
{% macro is_among(text, texts) %}
    {{ return(adapter.dispatch("is_among", "seg2amp")(text, texts)) }}
{% endmacro %}

{% macro default__is_among(text, texts) -%} list_contains({{ texts }}, {{ text }}) {%- endmacro %}

{% macro postgres__is_among(text, texts) -%} {{ text }} = any({{ texts }}) {%- endmacro %}
