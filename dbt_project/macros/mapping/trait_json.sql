{#- The trait that a setting names, as JSON. Warehouses keep trait names in snake case, so both spellings are looked up. -#}
{% macro trait_json(setting_name) %}
    {%- set trait = seg2amp.setting(setting_name) -%}
    {{
        return(
            "case when left(traits_json, 1) = '{' then "
            ~ seg2amp.json_leaf("traits_json", [trait])
            ~ " end"
        )
    }}
{% endmacro %}
