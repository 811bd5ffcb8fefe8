{#- Traits that carry operations of their own, joined with the message's: plain traits move into $set, and the message's word wins. -#}
{% macro wrapped_operations() -%}
    {%- set plain = "nullif(" ~ seg2amp.json_pick("plain_traits", "plain") ~ ", '{}')" -%}
    {%- set joined = {} -%}
    {%- for operation, column in seg2amp.user_property_operations().items() -%}
        {%- set own = seg2amp.json_leaf("plain_traits", [operation]) -%}
        {%- if operation == "$set" -%}
            {%- set own = "(" ~ seg2amp.merged_or_either(plain, own) ~ ")" -%}
        {%- endif -%}
        {%- do joined.update({operation: seg2amp.merged_or_either(own, column)}) -%}
    {%- endfor -%}
    {%- set others = seg2amp.json_without(
        seg2amp.json_pick("plain_traits", "operations"), joined.keys() | list
    ) -%}
    {{ seg2amp.json_merge(others, seg2amp.json_object(joined)) }}
{%- endmacro %}
