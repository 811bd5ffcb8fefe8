{#- One `$identify` of the batch stream as JSON text, from a row of amplitude_identifies; keys without a value are left out. -#}
{% macro identify_payload() -%} {{ seg2amp.rendered(seg2amp.identify_fields()) }} {%- endmacro %}
