{#- The element of a JSON array that has exactly one, else NULL. -#}
{% macro json_only_element(json) %}
    {{ return(adapter.dispatch("json_only_element", "seg2amp")(json)) }}
{% endmacro %}

{% macro default__json_only_element(json) -%}
    case
        when json_array_length({{ json }}) = 1 then cast(json_extract({{ json }}, '$[0]') as text)
    end
{%- endmacro %}

{% macro postgres__json_only_element(json) -%}
    case
        when json_array_length(cast({{ json }} as json)) = 1
        then cast(cast({{ json }} as json) -> 0 as text)
    end
{%- endmacro %}
