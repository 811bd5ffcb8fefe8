{#- Why a line of raw JSON is no Segment message, NULL where it is one. -#}
{% macro unreadable_reason(raw) -%}
    case
        when not {{ seg2amp.is_json(raw) }}
        then 'the line is not JSON'
        when left(ltrim({{ raw }}), 1) <> '{'
        then 'the line is JSON but not an object'
    end
{%- endmacro %}
