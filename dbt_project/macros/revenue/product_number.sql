{#- A product's number. The destination's validation turns null inside a product into 0; with `strict_types` off null is no number. -#}
{% macro product_number(json) -%}
    {%- if seg2amp.setting("strict_types") -%}
        case
            when {{ json }} = 'null' or element = 'null' then 0 else {{ seg2amp.read_number(json) }}
        end
    {%- else -%} {{ seg2amp.read_number(json) }}
    {%- endif -%}
{%- endmacro %}
