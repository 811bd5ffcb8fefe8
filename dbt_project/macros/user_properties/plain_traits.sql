{#-
    The traits that become plain user properties: without those of identify calls that settings give an operation of their own. Where
    events carry the traits of their context, these are left out there too: an event is no reason to count or append again.
-#}
{% macro plain_traits() -%}
    {%- set names = seg2amp.traits_with_operation().values() | sum(start=[]) -%}
    {%- if names -%}
        case
            when traits <> '{}' and call_type <> 'group'
            then nullif({{ seg2amp.without_keys("traits", names) }}, '{}')
            else traits
        end
    {%- else -%} traits
    {%- endif -%}
{%- endmacro %}
