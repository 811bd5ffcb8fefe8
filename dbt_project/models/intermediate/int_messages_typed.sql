{%- set fields = seg2amp.typed_fields() -%}
{%- set lenient = not seg2amp.setting("strict_types") %}
{%- set columns = seg2amp.message_columns() + ["time_json", "device_id_json", "session_id_json"] -%}
{%- set scalars = [] -%}
{%- for field in fields if field.kind != "object" -%}
    {%- do scalars.append(field.name ~ "_json") -%}
{%- endfor %}
with
    messages as (
        select
            *,
            timestamp_json as time_json,
            {{ seg2amp.device_id_json() }} as device_id_json,
            {{ seg2amp.session_id_json() }} as session_id_json,
            {{ seg2amp.group_type_json() }} as group_type_json,
            {{ seg2amp.group_value_json() }} as group_value_json,
            {{
                (
                    "coalesce(product_id_camel_json, product_id_snake_json)"
                    if lenient
                    else "product_id_camel_json"
                )
            }} as product_id_json,
            {{
                (
                    "coalesce(revenue_type_camel_json, revenue_type_snake_json)"
                    if lenient
                    else "revenue_type_camel_json"
                )
            }} as revenue_type_json,
            case
                when device_advertising_id_json is null or device_advertising_id_json = 'null'
                then device_idfa_json
                else device_advertising_id_json
            end as advertising_id_json
        from {{ ref("int_messages_deduplicated") }}
    ),

    unwrapped as (
        select
            message_key,
            copies,
            {%- for name in columns if name not in scalars %} {{ name }}, {%- endfor %}
            {%- for field in fields if field.name ~ "_json" in scalars %}
                {{
                    seg2amp.unwrapped(
                        field.name ~ "_json", strings=lenient or not field.several_types
                    )
                }} as {{ field.name }}_json{{ "," if not loop.last }}
            {%- endfor %}
        from messages
    ),

    typed as (
        select
            *
            {%- for field in fields %}
                , {{ seg2amp.coerce(field) }} as {{ field.name }}
            {%- endfor %}
        from unwrapped
    )

select *, {{ seg2amp.type_reason() }} as type_reason, {{ seg2amp.is_order_completed() }} as is_order
from typed
