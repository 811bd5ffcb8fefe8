{#- Whether groups hold something that is neither a text nor a list of texts. Source: Amplitude HTTP V2 API. -#}
{% macro groups_are_misformed(groups) -%}
    {%- set text = '"([^"\\\\]|\\\\.)*"' -%}
    {%- set gap = "[[:space:]]*" -%}
    {%- set texts = text ~ "(" ~ gap ~ "," ~ gap ~ text ~ ")*" -%}
    {%- set value = "(" ~ text ~ "|[[]" ~ gap ~ "(" ~ texts ~ ")?" ~ gap ~ "[]])" -%}
    {%- set member = text ~ gap ~ ":" ~ gap ~ value -%}
    {%- set members = member ~ "(" ~ gap ~ "," ~ gap ~ member ~ ")*" -%}
    {%- set pattern = "^[{]" ~ gap ~ "(" ~ members ~ ")?" ~ gap ~ "[}]$" -%}
    {%- if not seg2amp.setting("event_groups_option") -%} false
    {%- else -%} coalesce(not {{ seg2amp.regex_matches("trim(" ~ groups ~ ")", pattern) }}, false)
    {%- endif -%}
{%- endmacro %}
