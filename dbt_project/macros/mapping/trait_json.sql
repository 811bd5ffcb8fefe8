{#- The trait that a setting names, as JSON; NULL where traits are no object. -#}
{% macro trait_json(setting_name) -%}
    case
        when left(traits_json, 1) = '{'
        then {{ seg2amp.json_leaf("traits_json", [seg2amp.setting(setting_name)]) }}
    end
{%- endmacro %}
