{#- A group call's value, still as JSON: the trait named by `group_value_trait` where the type comes from a trait, else groupId. -#}
{% macro group_value_json() -%}
    {%- if seg2amp.setting("group_type_trait") -%}
        case
            when {{ seg2amp.group_traits_used() }}
            then {{ seg2amp.trait_json("group_value_trait") }}
            else group_id_json
        end
    {%- else -%} group_id_json
    {%- endif -%}
{%- endmacro %}
