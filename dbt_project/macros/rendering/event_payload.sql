{#- One event of the batch API as JSON text, from a row of amplitude_events; keys without a value are left out. -#}
{% macro event_payload() -%} {{ seg2amp.rendered(seg2amp.event_fields()) }} {%- endmacro %}
