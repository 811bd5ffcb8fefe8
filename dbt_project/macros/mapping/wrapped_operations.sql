{#- Traits that carry operations of their own, joined with the message's: plain traits move into $set, and the message's word wins. -#}
{% macro wrapped_operations() %}
    {%- set plain = "nullif(" ~ seg2amp.json_pick("traits", "plain") ~ ", '{}')" -%}
    {%- set others = seg2amp.json_without(
        seg2amp.json_pick("traits", "operations"), ["$set", "$setOnce", "$add"]
    ) -%}
    {%- set own_set = seg2amp.merged_or_either(plain, seg2amp.json_leaf("traits", ["$set"])) -%}
    {%- set joined = seg2amp.json_object(
        {
            "$set": seg2amp.merged_or_either("(" ~ own_set ~ ")", "set_json"),
            "$setOnce": seg2amp.merged_or_either(
                seg2amp.json_leaf("traits", ["$setOnce"]), "set_once_json"
            ),
            "$add": seg2amp.merged_or_either(
                seg2amp.json_leaf("traits", ["$add"]), "add_json"
            ),
        }
    ) -%}
    {{ return(seg2amp.json_merge(others, joined)) }}
{% endmacro %}
