{#- What Amplitude's contract forbids about a group identify row, in words; NULL where nothing. Source: Amplitude Group Identify API. -#}
{% macro group_violation() -%}
    coalesce(
        case when group_properties is null then 'no group_properties' end,
        case
            when length(group_type) > 1024 or length(group_value) > 1024
            then 'group type or value is longer than 1024 characters'
        end,
        {{ seg2amp.operations_violation("group_properties") }},
        {{ seg2amp.empty_key_violation("group_properties") }}
    )
{%- endmacro %}
