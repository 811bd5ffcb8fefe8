{#- One identification of the Group Identify API as JSON text, from a row of amplitude_group_identifies. -#}
{% macro group_identify_payload() -%}
    {{ seg2amp.rendered(seg2amp.group_identify_fields()) }}
{%- endmacro %}
