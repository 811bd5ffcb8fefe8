{#- Whether one of the settings track_named_pages, track_categorized_pages and track_all_pages covers a page or screen call. -#}
{% macro page_is_tracked() %}
    {%- set tests = [] -%}
    {%- for kind in ["named", "categorized", "all"] -%}
        {%- do tests.append("(" ~ seg2amp.page_kind_tracked(kind) ~ ")") -%}
    {%- endfor -%}
    {{ return(tests | join(" or ")) }}
{% endmacro %}
