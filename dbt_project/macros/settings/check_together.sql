{#- Stops the build where two settings contradict each other. -#}
{% macro check_together() %}
    {%- set named = seg2amp.setting -%}
    {%- for first, second, why, wrong in [
        (
            "group_type_trait",
            "group_value_trait",
            "go together: set both or none",
            (named("group_type_trait") == "") != (named("group_value_trait") == ""),
        ),
        (
            "track_products_once",
            "track_revenue_per_product",
            "contradict each other: without Product Purchased events nothing carries a product's revenue",
            named("track_products_once") and named("track_revenue_per_product"),
        ),
        (
            "log_event_version",
            "track_revenue_per_product",
            "contradict each other: version 1 of Log Event knows no orders",
            named("log_event_version") == 1 and named("track_revenue_per_product"),
        ),
        (
            "screen_naming",
            "page_emit",
            "contradict each other: with page_emit one a template names screens",
            named("screen_naming") != "cloud" and named("page_emit") == "one",
        ),
        (
            "skip_user_properties_sync",
            "user_properties_on",
            "contradict each other: an $identify writes the user's properties",
            named("skip_user_properties_sync")
            and named("user_properties_on") == "identify",
        ),
    ] -%}
        {%- if wrong -%}
            {{
                exceptions.raise_compiler_error(
                    "Settings `"
                    ~ first
                    ~ "` ("
                    ~ tojson(named(first))
                    ~ ") and `"
                    ~ second
                    ~ "` ("
                    ~ tojson(named(second))
                    ~ ") "
                    ~ why
                    ~ "."
                )
            }}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
