{#- Whether a row of the batch stream carries user properties that Amplitude keeps for the person. -#}
{% macro tells_of_person() -%}
    (user_properties is not null and not coalesce(skip_user_properties_sync, false))
{%- endmacro %}
