{#-
    What is wrong with a user or device id, in words; NULL where nothing: shorter than `min_id_length` (Amplitude trims blanks
    first), longer than 1,024 characters, or one of the words Amplitude takes for no id. Source: Amplitude HTTP V2 API.
-#}
{% macro id_violation(id) -%}
    {%- set shortest = seg2amp.setting("min_id_length") -%}
    case
        when length(trim({{ id }})) < {{ shortest }}
        then '{{ id }} is shorter than {{ shortest }} characters'
        when length({{ id }}) > 1024
        then '{{ id }} is longer than 1024 characters'
        when
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
        then '{{ id }} is a word that Amplitude takes for no id'
    end
{%- endmacro %}
