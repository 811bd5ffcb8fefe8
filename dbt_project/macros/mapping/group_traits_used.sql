{#-
    Whether a group call's type and value come from its traits: where the type's trait is there, and with `group_needs_both_traits`
    only where both hold a value.
-#}
{% macro group_traits_used() -%}
    {%- set type = seg2amp.trait_json("group_type_trait") -%}
    {%- set value = seg2amp.trait_json("group_value_trait") -%}
    {%- if seg2amp.setting("group_needs_both_traits") -%}
        coalesce({{ seg2amp.has_value(type) }} and {{ seg2amp.has_value(value) }}, false)
    {%- else -%} coalesce({{ type }} <> 'null', false)
    {%- endif -%}
{%- endmacro %}
