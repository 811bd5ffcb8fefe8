{#- The names of events that Amplitude keeps for itself, as a list of SQL literals. Source: Amplitude HTTP V2 API. -#}
{% macro reserved_event_types() -%}
    '$identify',
    '$groupidentify',
    '[Amplitude] Start Session',
    '[Amplitude] End Session',
    '[Amplitude] Revenue',
    '[Amplitude] Revenue (Verified)',
    '[Amplitude] Revenue (Unverified)',
    '[Amplitude] Merged User'
{%- endmacro %}
