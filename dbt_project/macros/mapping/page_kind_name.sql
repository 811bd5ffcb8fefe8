{#-
    The event name that Amplitude (Classic) gives a page or screen call for one kind: `Viewed {category} {name} Page`,
    `Viewed {category} Page` or `Loaded a Page`; screens alike.
-#}
{% macro page_kind_name(kind) %}
    {%- set word = "case call_type when 'page' then 'Page' else 'Screen' end" -%}
    {%- set name = "nullif(" ~ seg2amp.printed_text("name_json") ~ ", '')" -%}
    {%- set category = "nullif(" ~ seg2amp.printed_text("category_json") ~ ", '')" -%}
    {{
        return(
            {
                "named": "concat_ws(' ', 'Viewed', " ~ category ~ ", " ~ name ~ ", " ~ word ~ ")",
                "categorized": "concat_ws(' ', 'Viewed', " ~ category ~ ", " ~ word ~ ")",
                "all": "'Loaded a ' || " ~ word,
            }[kind]
        )
    }}
{% endmacro %}
