{#-
    The trait that a setting names, as JSON; NULL where traits are no object.
    Warehouses keep trait names in snake case, so a name in camel case is looked up that way too.
-#}
{% macro trait_json(setting_name) -%}
    {%- set name = seg2amp.setting(setting_name) -%}
    {%- set snake = modules.re.sub("([a-z0-9])([A-Z])", "\\1_\\2", name) | lower -%}
    case
        when left(traits_json, 1) = '{'
        then
            coalesce(
                {{ seg2amp.json_leaf("traits_json", [name]) }},
                {{ seg2amp.json_leaf("traits_json", [snake]) }}
            )
    end
{%- endmacro %}
