{#- Version 2 of Log Event: an operation of the message replaces the traits' own of that name. Source: Amplitude (Actions). -#}
{% macro replaced_operations() -%}
    {%- set columns = {"$set": "set_json", "$setOnce": "set_once_json", "$add": "add_json"} -%}
    {%- set pairs = {} -%}
    {%- for key, column in columns.items() -%}
        {%- do pairs.update(
            {key: "coalesce(" ~ column ~ ", " ~ seg2amp.json_leaf("traits", [key]) ~ ")"}
        ) -%}
    {%- endfor -%}
    {{
        seg2amp.json_merge(
            seg2amp.json_without("traits", columns.keys() | list), seg2amp.json_object(pairs)
        )
    }}
{%- endmacro %}
