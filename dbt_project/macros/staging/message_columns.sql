{#- The names of the canonical message's columns, in order: the shape that both doors give. -#}
{% macro message_columns() %}
    -- fmt: off
    {%- set names = [
        "message_id", "call_type", "source_relation", "source_table", "source_line",
        "received_at", "content_hash", "unreadable_reason",
    ] -%}
    -- fmt: on
    {%- for field in seg2amp.message_fields() -%}
        {%- do names.append(field.name ~ "_json") -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}
