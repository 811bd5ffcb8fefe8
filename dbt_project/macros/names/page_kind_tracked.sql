{#-
    Whether a page or screen call gives the event of one kind: named, categorized or all, each with a setting of its own.
    With `page_emit` first only the first of all, categorized and named that covers the call. `screen_naming` android gives one event
    like that for a screen, ios that of all alone, mobile_v2 that of all whatever the settings. Source: Amplitude (Classic).
-#}
{% macro page_kind_tracked(kind) -%}
    {%- set covers = {} -%}
    {%- for name, condition in {
        "all": "true",
        "categorized": "has_category",
        "named": "has_name",
    }.items() -%}
        {%- do covers.update(
            {name: condition if seg2amp.setting("track_" ~ name ~ "_pages") else "false"}
        ) -%}
    {%- endfor -%}
    {%- set kinds = ["all", "categorized", "named"] -%}
    {%- set first = [covers[kind]] -%}
    {%- for earlier in kinds[: kinds.index(kind)] -%}
        {%- do first.append("not " ~ covers[earlier]) -%}
    {%- endfor -%}
    {%- set first = "(" ~ first | join(" and ") ~ ")" -%}
    {%- set of_pages = first if seg2amp.setting("page_emit") == "first" else covers[kind] -%}
    {%- set of_screens = {
        "cloud": of_pages,
        "ios": covers.all if kind == "all" else "false",
        "android": first,
        "mobile_v2": "true" if kind == "all" else "false",
    }[seg2amp.setting("screen_naming")] -%}
    {%- if of_pages == of_screens -%} {{ of_pages }}
    {%- else -%} (case call_type when 'page' then {{ of_pages }} else {{ of_screens }} end)
    {%- endif -%}
{%- endmacro %}
