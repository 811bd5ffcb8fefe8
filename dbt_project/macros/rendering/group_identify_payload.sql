{#- One identification of the Group Identify API as JSON text, from a row of amplitude_group_identifies. -#}
{% macro group_identify_payload() -%}
    {{
        seg2amp.json_object(
            {
                "group_type": seg2amp.json_string("group_type"),
                "group_value": seg2amp.json_string("group_value"),
                "group_properties": "group_properties",
                "library": seg2amp.json_string("library"),
            }
        )
    }}
{%- endmacro %}
