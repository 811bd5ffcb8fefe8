{%- set raw_json = ref("stg_segment__raw_json_typed") -%}
{%- set strict = seg2amp.setting("strict_types") -%}
{%- set kinds = {
    "price": "number",
    "quantity": "integer",
    "revenue": "number",
    "product_id": "text",
    "revenue_type": "text",
} -%}
{%- set leaves = [] -%}
{%- for name in [
    "price",
    "quantity",
    "revenue",
    "productId",
    "product_id",
    "revenueType",
    "revenue_type",
    "order_id",
] -%}
    {%- do leaves.append({"name": name | lower ~ "_leaf", "path": [name]}) -%}
{%- endfor -%}
{%- set keep = ["row_id", "landed_in", "element", "product_index", "product"] -%}
{%- set elements, values = ["order_id_leaf"], [] -%}
{%- set reasons = ["case when left(element, 1) = '[' then 'is not an object' end"] -%}
{%- for name in ["price", "quantity", "revenue"] -%}
    {%- do elements.append(
        seg2amp.call("only_element", name ~ "_leaf") ~ " as " ~ name ~ "_json"
    ) -%}
{%- endfor -%}
{%- for name, leaf in {
    "product_id": "productid_leaf",
    "revenue_type": "revenuetype_leaf",
}.items() -%}
    {%- set element = seg2amp.call("only_element", leaf) -%}
    {%- if not strict -%}
        {%- set other = seg2amp.call("only_element", name ~ "_leaf") -%}
        {%- set element = "coalesce(" ~ element ~ ", " ~ other ~ ")" -%}
    {%- endif -%}
    {%- do elements.append(element ~ " as " ~ name ~ "_json") -%}
{%- endfor -%}
{%- for name, kind in kinds.items() -%}
    {%- set json = name ~ "_json" -%}
    {%- set nothing = "''" if kind == "text" else "0" -%}
    {%- set read = (
        seg2amp.call("read_text", json) if kind == "text" else seg2amp.read_number(json)
    ) -%}
    {%- set read = read | trim -%}
    {#- The destination's validation turns null inside a product into 0 and the empty text. -#}
    {%- if strict -%}
        {%- set is_null = json ~ " = 'null' or element = 'null'" -%}
        {%- set read = "case when " ~ is_null ~ " then " ~ nothing ~ " else " ~ read ~ " end" -%}
    {%- elif kind == "text" -%} {%- set read = "nullif(" ~ read ~ ", '')" -%}
    {%- endif -%}
    {%- do values.append(read ~ " as " ~ name) -%}
    {%- set wrong = name ~ " is null" -%}
    {%- if kind == "integer" -%}
        {%- set wrong = "(" ~ wrong ~ " or " ~ name ~ " <> floor(" ~ name ~ "))" -%}
    {%- endif -%}
    {%- set reason = seg2amp.quoted(name ~ " cannot be read as " ~ kind) -%}
    {%- do reasons.append(
        "case when " ~ json ~ " is not null and " ~ wrong ~ " then " ~ reason ~ " end"
    ) -%}
{%- endfor -%}
{%- set text = (
    "case when left(products, 1) = '\"' then "
    ~ seg2amp.call("text_in_json", "products")
    ~ " end"
) -%}
{%- set compact = seg2amp.regex_replace("element", "[[:space:]]", "") | trim %}
with
    messages as (
        select row_id, landed_in, call_type, products
        from {{ ref("stg_segment__tracks") }}
        {%- if seg2amp.setting("raw_json_path") or seg2amp.setting("raw_json_relation") %}
            union all
            select row_id, landed_in, call_type, products
            from {{ raw_json }}
        {%- endif %}
    ),

    with_products as (
        select
            {{ seg2amp.listed(["row_id", "landed_in", "products"], 12) }},
            -- Warehouses hold a list as text.
            {{ text }} as products_text
        from messages
        where products is not null and call_type in ('track', 'page', 'screen')
    ),

    -- One product alone is a list of one.
    lists as (
        select
            {{ seg2amp.listed(["row_id", "landed_in"], 12) }},
            case
                when left(products, 1) = '['
                then products
                when left(products, 1) = '{'
                then '[' || products || ']'
                {%- if not strict %}
                    when left(products_text, 1) = '[' and {{ seg2amp.is_json("products_text") }}
                    then products_text
                    when left(products_text, 1) = '{' and {{ seg2amp.is_json("products_text") }}
                    then '[' || products_text || ']'
                {%- endif %}
            end as products
        from with_products
    ),

    exploded as ({{ seg2amp.json_elements("lists", "products", ["row_id", "landed_in"]) }}),

    objects as (
        select
            {{ seg2amp.listed(["row_id", "landed_in", "element"], 12) }},
            element_index as product_index,
            case when left(element, 1) = '{' then element else '{}' end as product
        from exploded
        {%- if not strict %} where left(element, 1) = '{' and {{ compact }} <> '{}' {%- endif %}
    ),

    leaves as ({{ seg2amp.json_leaves("objects", "product", keep, leaves) }}),

    unwrapped as (select {{ seg2amp.listed(keep + elements, 12) }} from leaves),

    typed as (select *, {{ seg2amp.listed(values, 12) }} from unwrapped)

select
    {{
        seg2amp.listed(
            ["row_id", "landed_in", "product_index", "product"] + kinds.keys() | list, 4
        )
    }},
    order_id_leaf is not null as has_order_id,
    {{ seg2amp.call("has_empty_key", "product") }} as has_empty_key,
    {%- if seg2amp.setting("track_products_once") %}
        {{
            seg2amp.json_object(
                {
                    "productId": seg2amp.json_string("product_id"),
                    "sku": seg2amp.json_leaf("product", ["sku"]),
                    "name": seg2amp.json_leaf("product", ["name"]),
                    "price": "cast(price as text)",
                    "quantity": "coalesce(cast(quantity as text), '1')",
                    "category": seg2amp.json_leaf("product", ["category"]),
                }
            )
        }}
    {%- else %} cast(null as text)
    {%- endif %} as listed_product,
    {%- if strict %} nullif(concat_ws('; ', {{ reasons | join(",\n                ") }}), '')
    {%- else %} cast(null as text)
    {%- endif %} as type_reason
from typed
