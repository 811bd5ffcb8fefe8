{#-
    country, region or city as the traits or the properties have it, as JSON, of their address first: `place_from_traits` asks for it where the
    context has none. Source: Segment's first server integration for Amplitude (Classic).
-#}
{% macro place_json(name) -%}
    coalesce(
        {%- for column in ["context_traits", "traits", "properties"] %}
            {{ seg2amp.member_json(column, ["address", name]) }},
            {{ seg2amp.member_json(column, [name]) }}{{ "," if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
