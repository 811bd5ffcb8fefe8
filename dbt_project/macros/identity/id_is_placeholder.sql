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
