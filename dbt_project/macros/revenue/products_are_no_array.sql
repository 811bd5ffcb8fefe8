{#- Whether a message's products are something that has no products in it; only `strict_types` rejects for that. -#}
{% macro products_are_no_array() -%}
    {%- if seg2amp.setting("strict_types") -%}
        coalesce(
            call_type in ('track', 'page', 'screen')
            and products <> 'null'
            and left(products, 1) not in ('[', '{'),
            false
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}
