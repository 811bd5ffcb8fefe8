{#-
    One identify as JSON text, from a row of amplitude_identifies with its endpoint: an `$identify` of the stream of events, or an
    identification of the Identify API. Keys without a value are left out.
-#}
{% macro identify_payload() -%} {{ seg2amp.rendered(seg2amp.identify_fields()) }} {%- endmacro %}
