{#- The endpoint of the stream of events. Source: Use Batch Endpoint, both destinations. -#}
{% macro event_endpoint() %}
    {{ return("batch" if seg2amp.setting("send_to_batch_endpoint") else "httpapi") }}
{% endmacro %}
