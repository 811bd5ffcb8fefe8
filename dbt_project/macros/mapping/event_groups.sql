{#- Groups on an event or identify: the message's own, where `event_groups_option` names the option that holds them. -#}
{% macro event_groups() -%}
    {{ "groups" if seg2amp.setting("event_groups_option") else "cast(null as text)" }}
{%- endmacro %}
