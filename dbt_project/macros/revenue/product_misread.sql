{#- Which values of a product are not of their kind, joined by `; `, where `strict_types` rejects its message for that; NULL where none is. -#}
{% macro product_misread() -%}
    {%- set kinds = {
        "price": "number",
        "quantity": "integer",
        "revenue": "number",
        "product_id": "text",
        "revenue_type": "text",
    } -%}
    {%- set leaves = {"product_id": "productid_leaf", "revenue_type": "revenuetype_leaf"} -%}
    {%- if not seg2amp.setting("strict_types") -%} cast(null as text)
    {%- else -%}
        nullif(
            concat_ws(
                '; ',
                case when left(element, 1) = '[' then 'is not an object' end
                {%- for name, kind in kinds.items() %}
                    ,
                    case
                        when
                            {{ leaves.get(name, name ~ "_leaf") }} is not null
                            and (
                                {{ name }}
                                is null {{- " or quantity <> floor(quantity)" if kind == "integer" }}
                            )
                        then '{{ name }} cannot be read as {{ kind }}'
                    end
                {%- endfor %}
            ),
            ''
        )
    {%- endif -%}
{%- endmacro %}
