{#- What is wrong with a row's groups, in words; NULL where nothing: each type holds a text or a list of texts. Source: Amplitude HTTP V2 API. -#}
{% macro groups_violation() -%}
    case
        when groups is null
        then null
        when {{ seg2amp.json_has_other_than("groups", ["string", "array"]) }}
        then 'groups hold something that is neither a text nor a list'
    end
{%- endmacro %}
