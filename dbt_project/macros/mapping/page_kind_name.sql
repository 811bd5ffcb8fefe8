{#-
    The event name that Amplitude (Classic) gives a page or screen call for one kind: `Viewed {category} {name} Page`,
    `Viewed {category} Page` or `Loaded a Page`; screens alike.
-#}
{% macro page_kind_name(kind) -%}
    {%- set word = "case call_type when 'page' then 'Page' else 'Screen' end" -%}
    {%- if kind == "all" -%} 'Loaded a ' || {{ word }}
    {%- else -%}
        concat_ws(
            ' ',
            'Viewed',
            nullif({{ seg2amp.printed_text("category_json") }}, ''),
            {%- if kind == "named" %} nullif({{ seg2amp.printed_text("name_json") }}, ''),
            {%- endif %}
            {{ word }}
        )
    {%- endif -%}
{%- endmacro %}
