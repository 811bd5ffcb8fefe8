{#- What Amplitude's contract forbids about a user mapping, in words; NULL where nothing. Source: Amplitude User Mapping API. -#}
{% macro mapping_violation() -%}
    coalesce(
        case
            when user_id is null
            then 'no user_id to map (previousId is missing)'
            when global_user_id is null and not unmap
            then 'no global_user_id (userId is missing)'
            when user_id = global_user_id
            then 'a user cannot be mapped to itself'
        end,
        {{ seg2amp.id_violation("user_id") }},
        {{ seg2amp.id_violation("global_user_id") }}
    )
{%- endmacro %}
