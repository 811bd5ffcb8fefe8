{#-
    The event name that Amplitude (Classic) gives a page or screen call for one kind: `Viewed {category} {name} Page`,
    `Viewed {category} Page` or `Loaded a Page`; screens alike, or by `screen_naming` as a mobile library names them:
      ios        all: Viewed {name} Screen
      android    all: Viewed {name, else category} Screen; named: Viewed {name} Screen
      mobile_v2  Loaded a Screen
-#}
{% macro page_kind_name(kind) -%}
    {%- set naming = seg2amp.setting("screen_naming") -%}
    {%- set of_kind = {
        "all": [],
        "categorized": ["page_category"],
        "named": ["page_category", "page_name"],
    } -%}
    {%- set of_screens = {
        "cloud": of_kind[kind],
        "ios": ["page_name"],
        "android": {
            "all": ["coalesce(page_name, page_category)"],
            "categorized": ["page_category"],
            "named": ["page_name"],
        }[kind],
        "mobile_v2": [],
    }[naming] -%}
    {%- set names = {} -%}
    {%- for call, parts in {"page": of_kind[kind], "screen": of_screens}.items() -%}
        {%- set given = parts | join(", ") -%}
        {%- set viewed = "concat_ws(' ', 'Viewed', " ~ given ~ ", page_word)" -%}
        {%- set any_given = given if parts | length == 1 else "coalesce(" ~ given ~ ")" -%}
        {%- do names.update(
            {
                call: (
                    "case when "
                    ~ any_given
                    ~ " is null then unnamed_page else "
                    ~ viewed
                    ~ " end"
                    if parts
                    else "unnamed_page"
                )
            }
        ) -%}
    {%- endfor -%}
    {%- if names.page == names.screen -%} {{ names.page }}
    {%- else -%} case call_type when 'page' then {{ names.page }} else {{ names.screen }} end
    {%- endif -%}
{%- endmacro %}
