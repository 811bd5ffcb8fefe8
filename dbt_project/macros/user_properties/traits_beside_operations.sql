{#-
    The traits without the operations that marts join, as two columns. other_traits: what stands beside the operations, where plain properties are
    wrapped the plain ones alone; other_operations: there, operations of other names. Source: Amplitude (Actions).
-#}
{% macro traits_beside_operations() -%}
    {%- set joined = seg2amp.user_property_operations().keys() | list -%}
    {%- if seg2amp.setting("wrap_plain_in_set") == "never" -%}
        case
            when traits_hold_operations
            then {{ seg2amp.without_keys("plain_traits", joined) }}
            else plain_traits
        end as other_traits,
        cast(null as text) as other_operations
    {%- else -%}
        case
            when traits_hold_operations
            then nullif({{ seg2amp.call("json_plain", "plain_traits") }}, '{}')
            else plain_traits
        end as other_traits,
        case
            when traits_hold_operations
            then
                nullif(
                    {{
                        seg2amp.json_where(
                            "plain_traits",
                            "left(key, 1) = '$' and key not in ('" ~ joined
                            | join("', '") ~ "')",
                        )
                    }},
                    '{}'
                )
        end as other_operations
    {%- endif -%}
{%- endmacro %}
