{#- Whether a group call's type and value come from its traits. -#}
{% macro group_traits_used() %}
    {%- set type = seg2amp.trait_json("group_type_trait") -%}
    {%- set value = seg2amp.trait_json("group_value_trait") -%}
    {%- if seg2amp.setting("group_needs_both_traits") -%}
        {{
            return(
                "coalesce("
                ~ seg2amp.has_value(type)
                ~ " and "
                ~ seg2amp.has_value(value)
                ~ ", false)"
            )
        }}
    {%- endif -%}
    {{ return("coalesce(" ~ type ~ " <> 'null', false)") }}
{% endmacro %}
