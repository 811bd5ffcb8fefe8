{#- The `person_state` of a row whose user properties can be repeated: a mark of who they are for and what they say. rows: the relation's name. -#}
{% macro state_said(rows) -%}
    md5(
        coalesce('user ' || {{ rows }}.user_id, 'device ' || {{ rows }}.device_id)
        || ' '
        || {{ rows }}.user_properties
    )
{%- endmacro %}
