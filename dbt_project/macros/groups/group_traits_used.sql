{#-
    Whether a group call's type and value come from its traits: where the type's trait is there, and with `group_needs_both_traits`
    only where both hold a value.
-#}
{% macro group_traits_used() -%}
    {%- if not seg2amp.setting("group_type_trait") -%} false
    {%- elif seg2amp.setting("group_needs_both_traits") -%}
        coalesce(
            {{ seg2amp.has_value("group_type_json") }}
            and {{ seg2amp.has_value("group_value_json") }},
            false
        )
    {%- else -%} coalesce(group_type_json <> 'null', false)
    {%- endif -%}
{%- endmacro %}
