{#- Why a product stops its message from being mapped, joined by `; `; NULL where nothing does, and always with `strict_types` off. -#}
{% macro product_reason() -%}
    {%- if seg2amp.setting("strict_types") -%}
        nullif(
            concat_ws(
                '; ',
                case when left(element, 1) = '[' then 'is not an object' end,
                {{ seg2amp._product_field_reason("price", "price_leaf", "number") }},
                {{ seg2amp._product_field_reason("quantity", "quantity_leaf", "integer") }},
                {{ seg2amp._product_field_reason("revenue", "revenue_leaf", "number") }},
                {{ seg2amp._product_field_reason("product_id", "productid_leaf", "text") }},
                {{ seg2amp._product_field_reason("revenue_type", "revenuetype_leaf", "text") }}
            ),
            ''
        )
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}

{% macro _product_field_reason(name, json, kind) -%}
    case
        when {{ json }} is not null and {{ seg2amp.is_misread(name, kind) }}
        then '{{ name }} cannot be read as {{ kind }}'
    end
{%- endmacro %}
