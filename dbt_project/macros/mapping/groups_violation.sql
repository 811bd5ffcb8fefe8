{#- What is wrong with a row's groups, in words; NULL where nothing: each type holds a text or a list of texts. Source: Amplitude HTTP V2 API. -#}
{% macro groups_violation() -%}
    {%- set text = '"([^"\\\\]|\\\\.)*"' -%}
    {%- set gap = "[[:space:]]*" -%}
    {%- set texts = text ~ "(" ~ gap ~ "," ~ gap ~ text ~ ")*" -%}
    {%- set value = "(" ~ text ~ "|[[]" ~ gap ~ "(" ~ texts ~ ")?" ~ gap ~ "[]])" -%}
    {%- set member = text ~ gap ~ ":" ~ gap ~ value -%}
    {%- set members = member ~ "(" ~ gap ~ "," ~ gap ~ member ~ ")*" -%}
    {%- set pattern = "^[{]" ~ gap ~ "(" ~ members ~ ")?" ~ gap ~ "[}]$" -%}
    case
        when groups is null
        then null
        when not {{ seg2amp.regex_matches("trim(groups)", pattern) }}
        then 'groups hold something that is neither a text nor a list of texts'
    end
{%- endmacro %}
