{#- Whether a message's products are something that has no products in it; only `strict_types` rejects for that. -#}
{% macro products_are_no_array() %}
    {%- if not seg2amp.setting("strict_types") -%} {{ return("false") }}{%- endif -%}
    {{
        return(
            "call_type in ('track', 'page', 'screen') and products_json <> 'null' and left(products_json, 1) not in ('[', '{')"
        )
    }}
{% endmacro %}
