{#-
    What makes a message one message: its id, or without one the md5 of its content. Segment gives every call an id of its own, so one id in
    two sources is one message, unless `separate_sources` is on. Source: Segment's spec, messageId.
-#}
{% macro message_key() -%}
    {%- if seg2amp.setting("separate_sources") -%}
        source_relation || '/' || coalesce(message_id, content_hash)
    {%- else -%} coalesce(message_id, content_hash)
    {%- endif -%}
{%- endmacro %}
