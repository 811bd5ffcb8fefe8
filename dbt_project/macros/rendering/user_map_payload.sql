{#- One mapping of the User Mapping API as JSON text, from a row of amplitude_user_mappings. -#}
{% macro user_map_payload() -%} {{ seg2amp.rendered(seg2amp.user_map_fields()) }} {%- endmacro %}
