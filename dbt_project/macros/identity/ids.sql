{#- Whether an id is shorter than `min_id_length`; Amplitude trims blanks first. Source: Amplitude HTTP V2 API. -#}
{% macro id_is_too_short(id) -%}
    (length(trim({{ id }})) < {{ seg2amp.setting("min_id_length") }})
{%- endmacro %}

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

{#-
    Whether an id is a word that stands for nobody, which Amplitude takes for somebody all the same: a JavaScript object printed by
    mistake, a report's word for nothing, a name for all who are not logged in.
-#}
{% macro id_is_placeholder(id) -%}
    (
        lower(trim({{ id }})) in (
            '[object object]',
            '[object null]',
            '[object undefined]',
            '(null)',
            '<null>',
            '(none)',
            '(not set)',
            'false',
            'guest',
            'visitor',
            'default'
        )
    )
{%- endmacro %}

{#- Whether a text has the shape of an email address. -#}
{% macro is_email(text) -%}
    {{ seg2amp.regex_matches("trim(" ~ text ~ ")", "^[^@ ]+@[^@ ]+[.][^@ .]+$") }}
{%- endmacro %}

{#-
    The ids of a group of rows as text for people: their number and the first five by `place`, their rank from 1.
    An aggregate: the query groups by what the ids have in common.
-#}
{% macro first_ids(id, place) -%}
    cast(count(*) as text)
    || ': '
    || string_agg(case when {{ place }} <= 5 then {{ id }} end, ', ' order by {{ place }})
    || case when count(*) > 5 then ', …' else '' end
{%- endmacro %}
