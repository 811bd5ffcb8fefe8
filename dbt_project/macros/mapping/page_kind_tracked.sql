{#- Whether a page or screen call gives the event of one kind: named, categorized or all. Source: Amplitude (Classic). -#}
{% macro page_kind_tracked(kind) -%}
    {%- if not seg2amp.setting("track_" ~ kind ~ "_pages") -%} false
    {%- elif kind == "named" -%} coalesce({{ seg2amp.has_value("name_json") }}, false)
    {%- elif kind == "categorized" -%} coalesce({{ seg2amp.has_value("category_json") }}, false)
    {%- else -%} true
    {%- endif -%}
{%- endmacro %}
