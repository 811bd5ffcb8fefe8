{#-
    The name of a page or screen event where each call gives one: the template `page_name_template` or `screen_name_template`, filled.
    Where a value is missing: `page_without_name` = blank leaves the gap, as Amplitude (Actions) does ("Viewed "); category_or_loaded
    closes it, lets the category stand in for the name, and says "Loaded a Page" ("Loaded a Screen") where nothing is left to say,
    as Amplitude (Classic) documents it.
-#}
{% macro page_name() -%}
    {%- set pages = seg2amp.setting("page_name_template") -%}
    {%- set screens = seg2amp.setting("screen_name_template") or pages -%}
    {%- if pages == screens -%} {{ seg2amp._name_by_template(pages) }}
    {%- else -%}
        case
            call_type
            when 'page'
            then {{ seg2amp._name_by_template(pages) }}
            else {{ seg2amp._name_by_template(screens) }}
        end
    {%- endif -%}
{%- endmacro %}

{% macro _name_by_template(template) -%}
    {%- set placeholders = seg2amp.placeholders(template) -%}
    {%- set gaps_stay = seg2amp.setting("page_without_name") == "blank" -%}
    {%- set texts = {} -%}
    {%- for path in placeholders -%}
        {%- set json = seg2amp.path_json(path) -%}
        {%- set text = seg2amp.printed_text(json) if gaps_stay else seg2amp.coerce_text(json) -%}
        {%- do texts.update({path: text if gaps_stay else "nullif(trim(" ~ text ~ "), '')"}) -%}
    {%- endfor -%}
    {%- if not gaps_stay and "name" in texts and "category" not in texts -%}
        {%- set category = "nullif(trim(" ~ seg2amp.coerce_text("category_json") ~ "), '')" -%}
        {%- do texts.update({"name": "coalesce(" ~ texts["name"] ~ ", " ~ category ~ ")"}) -%}
    {%- endif -%}
    {%- set values = {} -%}
    {%- for path, text in texts.items() -%}
        {%- do values.update({path: "coalesce(" ~ text ~ ", '')"}) -%}
    {%- endfor -%}
    {%- set filled = seg2amp.filled_template(template, values) -%}
    {%- if gaps_stay or not texts -%} {{ filled }}
    {%- else -%}
        case
            when coalesce({{ texts.values() | join(", ") }}) is null
            then case call_type when 'page' then 'Loaded a Page' else 'Loaded a Screen' end
            when {{ texts.values() | join(" is null or ") }} is null
            then trim({{ seg2amp.regex_replace(filled, " +", " ") }})
            else {{ filled }}
        end
    {%- endif -%}
{%- endmacro %}
