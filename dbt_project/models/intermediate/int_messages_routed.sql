{{ config(materialized="incremental", incremental_strategy="by_message") }}
with
    messages as (
        select * from {{ ref("int_messages_with_user_properties") }} where {{ seg2amp.changed() }}
    ),

    products as (
        select
            message_key,
            count(*) as products,
            count(product_revenue) as products_with_revenue,
            min(type_reason) as product_reason
            {%- if seg2amp.setting("track_products_once") %}
                ,
                '['
                || string_agg(listed_product, ',' order by element_index)
                || ']' as listed_products
            {%- endif %}
        from {{ ref("int_products_exploded") }}
        where {{ seg2amp.changed() }}
        group by message_key
    ),

    ruled as (
        select
            messages.*,
            coalesce(products.products, 0) as products,
            coalesce(products.products_with_revenue, 0) as products_with_revenue,
            {{ seg2amp.routing_rule() }} as rule_id,
            {{
                (
                    "listed_products"
                    if seg2amp.setting("track_products_once")
                    else "cast(null as text)"
                )
            }} as listed_products,
            product_reason
        from messages
        left join products on messages.message_key = products.message_key
    )

select
    message_key,
    {%- for name in seg2amp.message_columns() if not name.endswith("_json") %}
        {{ name }},
    {%- endfor %}
    change_number,
    original_name,
    {%- for field in seg2amp.typed_fields() %} {{ field.name }}, {%- endfor %}
    time_from,
    agent_os_name,
    agent_os_version,
    agent_device_manufacturer,
    agent_device_model,
    agent_device_type,
    locale_language,
    locale_country,
    {%- for name in seg2amp.fields_of_naming() %} {{ name }}_json, {%- endfor %}
    is_order,
    products,
    products_with_revenue,
    listed_products,
    user_properties,
    {{ seg2amp.platform() }} as platform,
    {{ seg2amp.library() }} as library,
    rule_id,
    {{ seg2amp.outcome() }} as outcome,
    {{ seg2amp.routing_reason() }} as reason
from ruled
