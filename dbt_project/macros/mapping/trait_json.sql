{#- The trait that a setting names, as JSON; NULL where traits are no object. -#}
{% macro trait_json(setting_name) -%}
    {{ seg2amp.member_json("traits_json", [seg2amp.setting(setting_name)]) }}
{%- endmacro %}
