{#- The nth group of a regular expression in a text, NULL where it does not match or is empty. -#}
{% macro regex_group(text, pattern, n=0) %}
    {{ return(adapter.dispatch("regex_group", "seg2amp")(text, pattern, n)) }}
{% endmacro %}

{% macro default__regex_group(text, pattern, n) %}
    {{ return("nullif(regexp_extract(" ~ text ~ ", '" ~ pattern ~ "', " ~ n ~ "), '')") }}
{% endmacro %}

{% macro postgres__regex_group(text, pattern, n) %}
    {%- if n == 0 -%}
        {{ return("(regexp_match(" ~ text ~ ", '(" ~ pattern ~ ")'))[1]") }}
    {%- endif -%}
    {{ return("(regexp_match(" ~ text ~ ", '" ~ pattern ~ "'))[" ~ n ~ "]") }}
{% endmacro %}
