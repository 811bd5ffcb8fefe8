{#- Version 2 of Log Event: an operation of the message replaces the traits' own of that name. Source: Amplitude (Actions). -#}
{% macro replaced_operations() -%}
    {%- set pairs = {} -%}
    {%- for operation, column in seg2amp.user_property_operations().items() -%}
        {%- set own = seg2amp.json_leaf("plain_traits", [operation]) -%}
        {%- do pairs.update({operation: "coalesce(" ~ column ~ ", " ~ own ~ ")"}) -%}
    {%- endfor -%}
    {{
        seg2amp.json_merge(
            seg2amp.json_without("plain_traits", pairs.keys() | list), seg2amp.json_object(pairs)
        )
    }}
{%- endmacro %}
