{#-
    What a host project may say in a mapping that no setting can: three macros that are empty here. A project that has this one as a package
    writes `default__<name>` of its own and names itself first in dbt's `dispatch` config for `seg2amp`.
      event_type_override  SQL text over the columns of int_events_named: the name of an event, NULL where the mapping's stands
      drop_override        SQL condition over the columns of int_messages_latest: messages that are not sent
      extra_properties     {name: SQL of JSON over the columns of int_event_rows}: event properties more, which win over others of that name
-#}
{% macro event_type_override() %}
    {{ return(adapter.dispatch("event_type_override", "seg2amp")()) }}
{% endmacro %}

{% macro default__event_type_override() %} {{ return("") }} {% endmacro %}

{% macro drop_override() %}
    {{ return(adapter.dispatch("drop_override", "seg2amp")()) }}
{% endmacro %}

{% macro default__drop_override() %} {{ return("") }} {% endmacro %}

{% macro extra_properties() %}
    {{ return(adapter.dispatch("extra_properties", "seg2amp")()) }}
{% endmacro %}

{% macro default__extra_properties() %} {{ return({}) }} {% endmacro %}
