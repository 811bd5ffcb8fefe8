{#-
    The language or country of a locale such as `en-US` or `en`, as its code; NULL where the locale is of another form (`pt_BR`).
    Source: Segment's first server integration for Amplitude (Classic).
-#}
{% macro locale_part(part) -%}
    {{
        seg2amp.regex_group(
            "language", "^([a-z]{2})(-([A-Z]{2}))?$", {"language": 1, "country": 3}[part]
        )
    }}
{%- endmacro %}
