{#- Why a product stops its message from being mapped; NULL where nothing does, and always with `strict_types` off. -#}
{% macro product_reason() %}
    {%- if not seg2amp.setting("strict_types") -%} {{ return("cast(null as text)") }}{%- endif -%}
    {%- set reasons = ["case when left(element, 1) = '[' then 'is not an object' end"] -%}
    {%- for name, kind in {
        "price": "number",
        "quantity": "integer",
        "revenue": "number",
        "productid": "text",
        "revenuetype": "text",
    }.items() -%}
        {%- set value = {"productid": "product_id", "revenuetype": "revenue_type"}.get(
            name, name
        ) -%}
        {%- set wrong = (
            value ~ " is null"
            if kind != "integer"
            else "(" ~ value ~ " is null or " ~ value ~ " <> floor(" ~ value ~ "))"
        ) -%}
        {%- do reasons.append(
            "case when "
            ~ name
            ~ "_leaf is not null and "
            ~ wrong
            ~ " then '"
            ~ value
            ~ " cannot be read as "
            ~ kind
            ~ "' end"
        ) -%}
    {%- endfor -%}
    {{ return("nullif(concat_ws('; ', " ~ reasons | join(", ") ~ "), '')") }}
{% endmacro %}
