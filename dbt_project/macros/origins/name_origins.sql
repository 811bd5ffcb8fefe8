{#- In words, where the event_type of an event comes from, one origin for each call type. -#}
{% macro name_origins() %}
    {%- set track = seg2amp.origin(
        [seg2amp.field_path("event")],
        "As it was sent, or as the seed `event_exceptions` renames it.",
        calls="track",
    ) -%}
    {%- if seg2amp.setting("page_emit") == "one" -%}
        {{ return([track, seg2amp._templated_name("page"), seg2amp._templated_name("screen")]) }}
    {%- else -%}
        {{ return([track, seg2amp._names_by_kind("page"), seg2amp._names_by_kind("screen")]) }}
    {%- endif -%}
{% endmacro %}

{#- One event a call, named by a template. -#}
{% macro _templated_name(call) %}
    {%- set pages = seg2amp.setting("page_name_template") -%}
    {%- set template = (
        pages if call == "page" else seg2amp.setting("screen_name_template") or pages
    ) -%}
    {%- set placeholders = seg2amp.placeholders(template) -%}
    {%- set gaps_stay = seg2amp.setting("page_without_name") == "blank" -%}
    {%- set paths = [] -%}
    {%- for path in placeholders -%} {%- do paths.append("`" ~ path ~ "`") -%} {%- endfor -%}
    {%- if not gaps_stay and "name" in placeholders and "category" not in placeholders -%}
        {%- do paths.insert(placeholders.index("name") + 1, "else `category`") -%}
    {%- endif -%}
    {%- set filled = ", filled from " ~ paths | join(", ") if paths else "" -%}
    {%- set gap = (
        "Where a value is missing, its gap stays."
        if gaps_stay
        else "Where a value is missing, its gap closes; where all are, it is `Loaded a "
        ~ call
        | capitalize ~ "`."
    ) -%}
    {{
        return(
            seg2amp.origin(
                ["`" ~ template ~ "`" ~ filled],
                gap if paths else "The same name for every call.",
                ["page_emit", "page_name_template"]
                + (["screen_name_template"] if call == "screen" else [])
                + ["page_without_name"],
                calls=call,
            )
        )
    }}
{% endmacro %}

{#- An event for each of the settings track_…_pages that covers the call, or for the first. -#}
{% macro _names_by_kind(call) %}
    {%- set naming = seg2amp.setting("screen_naming") if call == "screen" else "cloud" -%}
    {%- set word = call | capitalize -%}
    {%- set category, name = "where it has a `category`", "where it has a `name`" -%}
    {%- set always = {
        "cloud": "`Loaded a " ~ word ~ "`",
        "ios": "`Viewed {name} Screen` (`Loaded a Screen` without a `name`)",
        "android": "`Viewed {name, else category} Screen`",
        "mobile_v2": "`Loaded a Screen`",
    } -%}
    {%- set kinds = [] -%}
    {%- if seg2amp.setting("track_all_pages") or naming == "mobile_v2" -%}
        {%- do kinds.append(always[naming]) -%}
    {%- endif -%}
    {%- if seg2amp.setting("track_categorized_pages") and naming in ("cloud", "android") -%}
        {%- do kinds.append("`Viewed {category} " ~ word ~ "` " ~ category) -%}
    {%- endif -%}
    {%- if seg2amp.setting("track_named_pages") and naming in ("cloud", "android") -%}
        {%- set both = "{name}" if naming == "android" else "{category} {name}" -%}
        {%- do kinds.append("`Viewed " ~ both ~ " " ~ word ~ "` " ~ name) -%}
    {%- endif -%}
    {%- set one_each = seg2amp.setting("page_emit") == "multi" and naming == "cloud" -%}
    {%- set rule = (
        "Each that applies is an event of its own"
        if one_each
        else "The first that applies is the one event"
    ) -%}
    {{
        return(
            seg2amp.origin(
                [kinds | join("; ")] if kinds else [],
                rule ~ "; a call that none covers is dropped.",
                [
                    "page_emit",
                    "track_named_pages",
                    "track_categorized_pages",
                    "track_all_pages",
                ]
                + (["screen_naming"] if call == "screen" else []),
                calls=call,
            )
        )
    }}
{% endmacro %}
