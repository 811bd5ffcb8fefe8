{#- The `person_state` of a row whose user properties can be repeated: a mark of who they are for and what they say. -#}
{% macro state_said() -%}
    md5(coalesce('user ' || user_id, 'device ' || device_id) || ' ' || user_properties)
{%- endmacro %}
