{#- Condition: as `changed`, for events, whose derived session may change with another event of their device. -#}
{% macro changed_events() -%}
    {{ seg2amp.changed(["change_number", "session_change_number"]) }}
{%- endmacro %}
