{#- What a door gives, the canonical message shape first, without a row. -#}
{% macro no_messages() -%} {{ seg2amp.empty_table(seg2amp.message_types()) }} {%- endmacro %}
