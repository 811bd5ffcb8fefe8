{#- One mapping of the User Mapping API as JSON text, from a row of amplitude_user_mappings. -#}
{% macro user_map_payload() -%}
    {{
        seg2amp.json_object(
            {
                "user_id": seg2amp.json_string("user_id"),
                "global_user_id": seg2amp.json_string("global_user_id"),
                "unmap": "case when unmap then 'true' end",
            }
        )
    }}
{%- endmacro %}
