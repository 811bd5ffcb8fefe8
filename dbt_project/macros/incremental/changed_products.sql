{#- Condition: the products whose orders may be among `changed_events`, and which become rows of their own. -#}
{% macro changed_products() -%}
    {%- if seg2amp.setting("track_products_once") -%} false
    {%- elif seg2amp.setting("derive_sessions") -%} is_order
    {%- else -%} is_order and {{ seg2amp.changed() }}
    {%- endif -%}
{%- endmacro %}
