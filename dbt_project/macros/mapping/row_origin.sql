{#- The columns that say where an Amplitude row comes from: its key, its message, its rule and its place in the message. -#}
{% macro row_origin(rule_id, insert_id, row_index) -%}
    cast({{ insert_id }} as text) as insert_id,
    message_key,
    message_id,
    cast({{ rule_id }} as text) as rule_id,
    cast({{ row_index }} as integer) as row_index,
    source_relation,
    source_table,
    received_at
{%- endmacro %}
