{%- set operations = seg2amp.user_property_operations() -%}
with
    messages as (select * from {{ ref("int_messages_described") }}),

    asked as (
        select
            *,
            {{ seg2amp.plain_traits() }} as plain_traits,
            {{ seg2amp.set_operation() }} as asked_set,
            {{ seg2amp.set_once_operation() }} as asked_set_once,
            {{ seg2amp.add_operation() }} as asked_add
            {%- for name in ["append", "prepend", "unset"] if "$" ~ name in operations %}
                , {{ seg2amp.trait_operation("traits_to_" ~ name) }} as asked_{{ name }}
            {%- endfor %}
        from messages
    ),

    owned as (
        select
            *,
            {%- for operation, name in operations.items() %}
                {{ seg2amp.json_leaf("plain_traits", [operation]) }} as own_{{ name }},
            {%- endfor %}
            {{ seg2amp.traits_beside_operations() }}
        from asked
    ),

    joined as (
        select
            *
            {%- for name in operations.values() %}
                , {{ seg2amp.joined_operation(name) }} as joined_{{ name }}
            {%- endfor %}
        from owned
    )

select *, {{ seg2amp.user_properties() }} as user_properties
from joined
