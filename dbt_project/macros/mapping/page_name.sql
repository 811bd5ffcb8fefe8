{#-
    The name of a page or screen event where each call gives one: the template `page_name_template` with the call's name.
    Without a name: `page_without_name` = blank leaves the gap, as Amplitude (Actions) does ("Viewed "); category_or_loaded takes
    the category, or else says "Loaded a Page" ("Loaded a Screen"), as Amplitude (Classic) documents it.
-#}
{% macro page_name() -%}
    {%- set template = seg2amp.setting("page_name_template") -%}
    {%- set name = seg2amp.printed_text("name_json") -%}
    {%- set category = seg2amp.printed_text("category_json") -%}
    {%- set category_or_blank = "coalesce(" ~ category ~ ", '')" -%}
    {%- if seg2amp.setting("page_without_name") == "blank" -%}
        {%- set name_or_blank = "coalesce(" ~ name ~ ", '')" -%}
        {{
            seg2amp.filled_template(
                template, {"name": name_or_blank, "category": category_or_blank}
            )
        }}
    {%- else -%}
        {%- set name_or_category -%}
            coalesce(nullif(trim({{ name }}), ''), nullif(trim({{ category }}), ''))
        {%- endset -%}
        case
            when {{ name_or_category }} is not null
            then
                {{
                    seg2amp.filled_template(
                        template, {"name": name_or_category, "category": category_or_blank}
                    )
                }}
            when call_type = 'page'
            then 'Loaded a Page'
            else 'Loaded a Screen'
        end
    {%- endif -%}
{%- endmacro %}
