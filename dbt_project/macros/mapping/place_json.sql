{#-
    country, region or city, still as JSON: that of context.location; with `place_from_traits` else that of the traits or the properties, of
    their address first. Source: Segment's first server integration for Amplitude (Classic).
-#}
{% macro place_json(name) -%}
    {%- set own = name ~ "_json" -%}
    {%- if seg2amp.setting("place_from_traits") -%}
        coalesce(
            case when {{ seg2amp.has_value(own) }} then {{ own }} end,
            {%- for column in ["context_traits_json", "traits_json", "properties_json"] %}
                {{ seg2amp.member_json(column, ["address", name]) }},
                {{ seg2amp.member_json(column, [name]) }},
            {%- endfor %}
            {{ own }}
        )
    {%- else -%} {{ own }}
    {%- endif -%}
{%- endmacro %}
