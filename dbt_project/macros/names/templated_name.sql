{#-
    The name of a page or screen event where each call gives one: the template `page_name_template` or `screen_name_template`, filled.
    Where a value is missing: `page_without_name` = blank leaves the gap, as Amplitude (Actions) does ("Viewed "); category_or_loaded
    closes it, lets the category stand in for the name, and says "Loaded a Page" ("Loaded a Screen") where nothing is left to say,
    as Amplitude (Classic) documents it. From the columns of int_events_named.
-#}
{% macro templated_name() -%}
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
    {%- set columns = dict(seg2amp.template_columns(), name="name", category="category") -%}
    {%- if not gaps_stay -%}
        {%- do columns.update({"category": "page_category"}) -%}
        {%- do columns.update(
            {
                "name": (
                    "page_name"
                    if "category" in placeholders
                    else "coalesce(page_name, page_category)"
                )
            }
        ) -%}
    {%- endif -%}
    {%- set values, texts = {}, [] -%}
    {%- for path in placeholders -%}
        {%- set text = columns[path] -%}
        {%- if not gaps_stay and path not in ("name", "category") -%}
            {%- set text = "nullif(trim(" ~ text ~ "), '')" -%}
        {%- endif -%}
        {%- do texts.append(text) if text not in texts -%}
        {%- do values.update(
            {
                path: (
                    "coalesce(" ~ text ~ ", '')"
                    if gaps_stay or placeholders | unique | list | length > 1
                    else text
                )
            }
        ) -%}
    {%- endfor -%}
    {%- set parts = [] -%}
    {%- for piece in template.split("{{") -%}
        {%- set rest = piece -%}
        {%- if not loop.first and "}}" in piece -%}
            {%- do parts.append(values.get(piece.split("}}")[0] | trim, "''")) -%}
            {%- set rest = piece.split("}}", 1)[1] -%}
        {%- endif -%}
        {%- if rest -%}
            {%- do parts.append(dbt.string_literal(dbt.escape_single_quotes(rest))) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set filled = "(" ~ parts | join(" || ") ~ ")" -%}
    {%- if gaps_stay or not texts -%} {{ filled }}
    {%- elif texts | length == 1 -%} coalesce({{ filled }}, unnamed_page)
    {%- else -%}
        case
            when coalesce({{ texts | join(", ") }}) is null
            then unnamed_page
            when {{ texts | join(" is null or ") }} is null
            then trim({{ seg2amp.regex_replace(filled, " +", " ") }})
            else {{ filled }}
        end
    {%- endif -%}
{%- endmacro %}
