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
    case
        call_type
        when 'page'
        then {{ seg2amp._viewed_or_loaded(of_kind[kind], "Page") }}
        else {{ seg2amp._viewed_or_loaded(of_screens, "Screen") }}
    end
{%- endmacro %}

{% macro _viewed_or_loaded(parts, word) -%}
    {%- if parts -%}
        case
            when coalesce({{ parts | join(", ") }}) is null
            then 'Loaded a {{ word }}'
            else concat_ws(' ', 'Viewed', {{ parts | join(", ") }}, '{{ word }}')
        end
    {%- else -%} 'Loaded a {{ word }}'
    {%- endif -%}
{%- endmacro %}
