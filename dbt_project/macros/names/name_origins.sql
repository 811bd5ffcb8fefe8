{#- In words, where the event_type of a row comes from: {payload key: origins}. row: its kind, as `audit_mapping` names it. -#}
{% macro name_origins(row) %}
    -- fmt: off
    {%- set origin, setting = seg2amp.origin, seg2amp.setting -%}
    {%- if row == "product event" -%}
        {%- set words = "the words `" ~ setting("product_event_name") ~ "`" -%}
        {{ return({"event_type": [origin([words], "Always the same.", ["product_event_name"])]}) }}
    {%- elif row != "event" -%}
        {{ return({"event_type": [origin(["the word `$identify`"], "Always the same.")]}) }}
    {%- endif -%}

    {%- set origins = [
        origin([seg2amp.field_path("event")], "As it was sent, or as the seed `event_exceptions` renames it.", calls="track"),
    ] -%}
    {%- for call in ["page", "screen"] -%}
        {%- set word = call | capitalize -%}
        {%- if setting("page_emit") == "one" -%}
            {#- One event a call, named by a template. -#}
            {%- set own = setting("screen_name_template") if call == "screen" else "" -%}
            {%- set template = own or setting("page_name_template") -%}
            {%- set blank = setting("page_without_name") == "blank" -%}
            {%- set placeholders = seg2amp.placeholders(template) -%}
            {%- set paths = [] -%}
            {%- for path in placeholders -%}
                {%- do paths.append("`" ~ path ~ "`") -%}
                {%- if path == "name" and "category" not in placeholders and not blank -%}
                    {%- do paths.append("else `category`") -%}
                {%- endif -%}
            {%- endfor -%}
            {%- set filled = ", filled from " ~ paths | join(", ") if paths else "" -%}
            {%- set gap = {
                true:  "its gap stays.",
                false: "its gap closes; where all are, it is `Loaded a " ~ word ~ "`.",
            }[blank] -%}
            {%- set settings = ["page_emit", "page_name_template", "screen_name_template", "page_without_name"] -%}
            {%- do origins.append(origin(
                ["`" ~ template ~ "`" ~ filled],
                "Where a value is missing, " ~ gap if paths else "The same name for every call.",
                settings if call == "screen" else settings | reject("equalto", "screen_name_template") | list,
                call,
            )) -%}
        {%- else -%}
            {#- An event for each of the settings track_…_pages that covers the call, or for the first. -#}
            {%- set all, categorized, named = setting("track_all_pages"), setting("track_categorized_pages"), setting("track_named_pages") -%}
            {%- set of_category = "`Viewed {category} " ~ word ~ "` where it has a `category`" -%}
            {%- set names_by_kind = {
                "cloud": {
                    "`Loaded a " ~ word ~ "`": all,
                    of_category: categorized,
                    "`Viewed {category} {name} " ~ word ~ "` where it has a `name`": named,
                },
                "ios": {"`Viewed {name} Screen` (`Loaded a Screen` without a `name`)": all},
                "android": {
                    "`Viewed {name, else category} Screen`": all,
                    of_category: categorized,
                    "`Viewed {name} Screen` where it has a `name`": named,
                },
                "mobile_v2": {"`Loaded a Screen`": true},
            } -%}
            {%- set naming = setting("screen_naming") if call == "screen" else "cloud" -%}
            {%- set names = [] -%}
            {%- for name, is_on in names_by_kind[naming].items() if is_on -%} {%- do names.append(name) -%} {%- endfor -%}
            {%- set each = setting("page_emit") == "multi" and naming == "cloud" -%}
            {%- set rule = "Each that applies is an event of its own" if each else "The first that applies is the one event" -%}
            {%- set settings = ["page_emit", "track_named_pages", "track_categorized_pages", "track_all_pages"] -%}
            {%- do origins.append(origin(
                [names | join("; ")],
                rule ~ "; a call that none covers is dropped.",
                settings + (["screen_naming"] if call == "screen" else []),
                call,
            )) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({"event_type": origins}) }}
    -- fmt: on
{% endmacro %}
