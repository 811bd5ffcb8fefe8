{% macro track_revenue_origin() %}
    {%- set path = seg2amp.field_path -%}
    {%- set on = seg2amp.setting("revenue_on_track") -%}
    {%- set total = (
        [path("total")]
        if seg2amp.setting("revenue_falls_back_to_total") == "any"
        else []
    ) -%}
    {%- set without = seg2amp.setting("events_without_revenue") -%}
    {%- set left_out = "; not of `" ~ without | join("`, `") ~ "`" if without else "" -%}
    {{
        return(
            seg2amp.origin(
                [path("revenue")] + total if on else [],
                "0 is none; " ~ seg2amp._numbers_read() ~ left_out ~ "." if on else "",
                [
                    "revenue_on_track",
                    "events_without_revenue",
                    "revenue_falls_back_to_total",
                    "parse_number_text",
                ],
                "other track",
            )
        )
    }}
{% endmacro %}
