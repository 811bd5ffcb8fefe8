{#-
    The traits without the operations that `joined_operation` joins, as two columns. other_traits: what stands beside the operations, where
    plain properties are wrapped the plain ones alone; other_operations: there, operations of other names.
    Version 1 of Log Event, and identifies, leave out traits named utm_properties and referrer. Source: Amplitude (Actions).
-#}
{% macro traits_beside_operations() -%}
    {%- set joined = seg2amp.user_property_operations().keys() | list -%}
    {%- if seg2amp.setting("wrap_plain_in_set") == "never" -%}
        case
            when plain_traits is null
            then null
            when {{ seg2amp.follows_v1() }}
            then {{ seg2amp.json_without("plain_traits", ["utm_properties", "referrer"] + joined) }}
            else {{ seg2amp.json_without("plain_traits", joined) }}
        end as other_traits,
        cast(null as text) as other_operations
    {%- else -%}
        case
            when plain_traits like '%"$%'
            then nullif({{ seg2amp.json_pick("plain_traits", "plain") }}, '{}')
            else plain_traits
        end as other_traits,
        case
            when plain_traits like '%"$%'
            then
                nullif(
                    {{
                        seg2amp.json_without(
                            seg2amp.json_pick("plain_traits", "operations"), joined
                        )
                    }},
                    '{}'
                )
        end as other_operations
    {%- endif -%}
{%- endmacro %}
