{#-
    Whether a page or screen call gives the event of one kind: named, categorized or all, each with a setting of its own.
    With `page_emit` first only the first of all, categorized and named that covers the call. `screen_naming` android gives one event
    like that for a screen, ios that of all alone, mobile_v2 that of all whatever the settings. Source: Amplitude (Classic).
-#}
{% macro page_kind_tracked(kind) -%}
    {%- set naming = seg2amp.setting("screen_naming") -%}
    {%- set covered = seg2amp._page_kind_covers(kind) -%}
    {%- set first = seg2amp._page_kind_is_first(kind) -%}
    {%- set of_pages = first if seg2amp.setting("page_emit") == "first" else covered -%}
    {%- set of_screens = {
        "cloud": of_pages,
        "ios": covered if kind == "all" else "false",
        "android": first,
        "mobile_v2": "true" if kind == "all" else "false",
    }[naming] -%}
    {%- if of_pages == of_screens -%} {{ of_pages }}
    {%- else -%} (case call_type when 'page' then {{ of_pages }} else {{ of_screens }} end)
    {%- endif -%}
{%- endmacro %}

{% macro _page_kind_covers(kind) -%}
    {%- if not seg2amp.setting("track_" ~ kind ~ "_pages") -%} false
    {%- else -%} {{ {"named": "has_name", "categorized": "has_category", "all": "true"}[kind] }}
    {%- endif -%}
{%- endmacro %}

{% macro _page_kind_is_first(kind) -%}
    {%- set kinds = ["all", "categorized", "named"] -%}
    (
        {{ seg2amp._page_kind_covers(kind) }}
        {%- for earlier in kinds[: kinds.index(kind)] %}
            and not {{ seg2amp._page_kind_covers(earlier) }}
        {%- endfor %}
    )
{%- endmacro %}
