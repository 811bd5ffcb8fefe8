{{ config(materialized="incremental", incremental_strategy="by_message") }}
{%- set fields = seg2amp.typed_fields() -%}
{%- set lenient = not seg2amp.setting("strict_types") %}
{%- set derived = seg2amp.derived_json() -%}
{%- do derived.update(seg2amp.value_reasons()) -%}
{%- set own = ["message_key", "change_number", "original_name", "exception_reason"] | join(
    ", "
) -%}
{%- set columns = (
    seg2amp.message_columns() | reject("in", derived) | list + derived.keys() | list
) -%}
{%- set scalars, values = [], {} -%}
{%- for field in fields -%}
    {%- do scalars.append(field.name ~ "_json") if field.kind != "object" -%}
    {%- do values.update({"timestamp_ms" if field.name == "time" else field.name: field}) -%}
{%- endfor %}
with
    messages as (
        select
            {{ own }},
            {%- for name in columns if name not in derived %} {{ name }}, {%- endfor %}
            {%- for name, json in derived.items() %}
                {{ json }} as {{ name }}{{ "," if not loop.last }}
            {%- endfor %}
        from {{ ref("int_messages_renamed") }}
        where {{ seg2amp.changed() }} and {{ seg2amp.changed_landings() }}
    ),

    unwrapped as (
        select
            {{ own }},
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
            {%- for name, field in values.items() %}
                , {{ seg2amp.coerce(field) }} as {{ name }}
            {%- endfor %}
        from unwrapped
    ),

    clocked as (
        select
            *,
            {{ seg2amp.device_time("original_timestamp_json") }} as original_ms,
            {{ seg2amp.device_time("sent_at_json") }} as sent_ms
        from typed
    ),

    timed as (
        select *, {{ seg2amp.message_time() }} as time, {{ seg2amp.time_from() }} as time_from
        from clocked
    )

select
    {{ own }},
    {{ (columns | reject("in", scalars) | list + values.keys() | list) | join(", ") }},
    user_id_json,
    time,
    time_from,
    {{ seg2amp.type_reason() }} as type_reason,
    {{ seg2amp.is_order_completed() }} as is_order
from timed
