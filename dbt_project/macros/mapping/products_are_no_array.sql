{#- Whether a message's products are something that has no products in it; only `strict_types` rejects for that. -#}
{% macro products_are_no_array() -%}
    {%- if seg2amp.setting("strict_types") -%}
        (
            call_type in ('track', 'page', 'screen')
            and products_json <> 'null'
            and left(products_json, 1) not in ('[', '{')
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}
