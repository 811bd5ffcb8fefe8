{#-
    A group call's type, still as JSON: the trait named by `group_type_trait`, else the words "[Segment] Group".
    With `group_needs_both_traits` the fallback is taken as well where the value's trait is missing.
-#}
{% macro group_type_json() -%}
    {%- if seg2amp.setting("group_type_trait") -%}
        case
            when {{ seg2amp.group_traits_used() }}
            then {{ seg2amp.trait_json("group_type_trait") }}
            else '"[Segment] Group"'
        end
    {%- else -%} '"[Segment] Group"'
    {%- endif -%}
{%- endmacro %}
