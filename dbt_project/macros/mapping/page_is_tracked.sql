{#- Whether one of the settings track_named_pages, track_categorized_pages and track_all_pages covers a page or screen call. -#}
{% macro page_is_tracked() -%}
    (
        {{ seg2amp.page_kind_tracked("named") }}
        or {{ seg2amp.page_kind_tracked("categorized") }}
        or {{ seg2amp.page_kind_tracked("all") }}
    )
{%- endmacro %}
