{#- Whether an id is one of the words that Amplitude takes for no id, zeros among them. Source: Amplitude HTTP V2 API. -#}
{% macro id_is_reserved(id) -%}
    (
        lower(trim({{ id }})) in (
            'anonymous',
            'nil',
            'none',
            'null',
            'n/a',
            'na',
            'undefined',
            'unknown',
            '00000000-0000-0000-0000-000000000000',
            '{}',
            'lmy47d',
            '0',
            '-1'
        )
        or {{ seg2amp.regex_matches(id, "^[0-]+$") }}
    )
{%- endmacro %}
