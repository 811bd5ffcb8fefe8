{{ config(materialized="incremental", incremental_strategy="by_message") }}
{%- set derived = seg2amp.derived_json() -%}
{%- do derived.update(seg2amp.value_reasons()) -%}
{%- set own = ["message_key", "change_number", "original_name", "exception_reason"] -%}
{%- set columns = (
    own + seg2amp.message_columns()
    | reject("in", derived)
    | list + derived.keys()
    | list
) -%}
{%- set scalars = [] -%}
{%- for field in seg2amp.typed_fields() if field.kind != "object" -%}
    {%- do scalars.append(field.name ~ "_json") -%}
{%- endfor %}
{%- set kept = columns | reject("in", scalars) | list %}
with
    renamed as {{ seg2amp.stored_if_few() }} (
        select *
        from {{ ref("int_messages_renamed") }}
        where {{ seg2amp.changed() }} and {{ seg2amp.changed_landings() }}
    ),

    messages as (
        select
            {%- for name in columns if name not in derived %} {{ name }}, {%- endfor %}
            {%- for name, json in derived.items() %}
                {{ json }} as {{ name }}{{ "," if not loop.last }}
            {%- endfor %}
        from renamed
    ),

    unwrapped as ({{ seg2amp.read_alike("messages", kept, seg2amp.unwrapped_readings()) }}),

    typed as ({{ seg2amp.read_alike("unwrapped", columns, seg2amp.field_readings()) }}),

    timed as (
        select *, {{ seg2amp.message_time() }} as time, {{ seg2amp.time_from() }} as time_from
        from typed
    )

select
    {{ kept | join(", ") }},
    {%- for name in seg2amp.scalars_asked() if name ~ "_json" in scalars %}
        {{ name }}_json,
    {%- endfor %}
    timestamp_ms,
    {%- for field in seg2amp.typed_fields() if field.name != "time" %}
        {{ field.name }},
    {%- endfor %}
    time,
    time_from,
    {{ seg2amp.type_reason() }} as type_reason,
    {{ seg2amp.is_order_completed() }} as is_order
from timed
