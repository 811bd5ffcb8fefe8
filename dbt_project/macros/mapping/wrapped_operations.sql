{#- Traits that carry operations of their own, joined with the message's: plain traits move into $set, and the message's word wins. -#}
{% macro wrapped_operations() -%}
    {%- set plain = "nullif(" ~ seg2amp.json_pick("traits", "plain") ~ ", '{}')" -%}
    {%- set own_set = seg2amp.merged_or_either(plain, seg2amp.json_leaf("traits", ["$set"])) -%}
    {%- set own_set_once = seg2amp.json_leaf("traits", ["$setOnce"]) -%}
    {%- set own_add = seg2amp.json_leaf("traits", ["$add"]) -%}
    {%- set joined = {
        "$set": seg2amp.merged_or_either("(" ~ own_set ~ ")", "set_json"),
        "$setOnce": seg2amp.merged_or_either(own_set_once, "set_once_json"),
        "$add": seg2amp.merged_or_either(own_add, "add_json"),
    } -%}
    {%- set others = seg2amp.json_without(
        seg2amp.json_pick("traits", "operations"), joined.keys() | list
    ) -%}
    {{ seg2amp.json_merge(others, seg2amp.json_object(joined)) }}
{%- endmacro %}
