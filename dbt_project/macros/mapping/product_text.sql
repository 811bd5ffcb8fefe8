{#- A product's text: the camel case key; with `strict_types` off also its snake case. Strictly, null is the empty string. -#}
{% macro product_text(camel, snake) -%}
    {%- if seg2amp.setting("strict_types") -%}
        case
            when {{ camel }} = 'null' or element = 'null'
            then ''
            else {{ seg2amp.coerce_text(camel) }}
        end
    {%- else -%} nullif({{ seg2amp.coerce_text("coalesce(" ~ camel ~ ", " ~ snake ~ ")") }}, '')
    {%- endif -%}
{%- endmacro %}
