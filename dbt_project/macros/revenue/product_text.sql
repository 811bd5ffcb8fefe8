{#- A product's text. With `strict_types` null is the empty string, as the destination's validation has it. -#}
{% macro product_text(json) -%}
    {%- if seg2amp.setting("strict_types") -%}
        case
            when {{ json }} = 'null' or element = 'null'
            then ''
            else {{ seg2amp.call("read_text", json) }}
        end
    {%- else -%} nullif({{ seg2amp.call("read_text", json) }}, '')
    {%- endif -%}
{%- endmacro %}
