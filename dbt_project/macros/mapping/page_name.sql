{#-
    The name of a page or screen event in the destinations' first way: the template `page_name_template` with the call's name.
    Without a name: `page_without_name` = blank leaves the gap, as Amplitude (Actions) does ("Viewed "); category_or_loaded takes
    the category, or else says "Loaded a Page" ("Loaded a Screen"), as Amplitude (Classic) documents it.
-#}
{% macro page_name() %}
    {%- set blank = seg2amp.setting("page_without_name") == "blank" -%}
    {%- set printed = seg2amp.printed_text("name_json") -%}
    {%- if blank -%}
        {{
            return(
                seg2amp.filled_template(
                    seg2amp.setting("page_name_template"),
                    {
                        "name": "coalesce(" ~ printed ~ ", '')",
                        "category": "coalesce(" ~ seg2amp.printed_text("category_json") ~ ", '')",
                    },
                )
            )
        }}
    {%- endif -%}
    {%- set name = (
        "coalesce(nullif(trim("
        ~ printed
        ~ "), ''), nullif(trim("
        ~ seg2amp.printed_text("category_json")
        ~ "), ''))"
    ) -%}
    {{
        return(
            "case when "
            ~ name
            ~ " is null then case call_type when 'page' then 'Loaded a Page' else 'Loaded a Screen' end else "
            ~ seg2amp.filled_template(
                seg2amp.setting("page_name_template"),
                {
                    "name": name,
                    "category": "coalesce(" ~ seg2amp.printed_text("category_json") ~ ", '')",
                },
            )
            ~ " end"
        )
    }}
{% endmacro %}
