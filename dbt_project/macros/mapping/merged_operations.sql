{#-
    Version 1 of Log Event, and identifies: $set and $setOnce of the traits and of the message are merged key by key. On events the
    traits win, on identifies the message. Traits named utm_properties and referrer are left out. Source: Amplitude (Actions).
-#}
{% macro merged_operations() -%}
    {%- set pairs = seg2amp.user_property_operations() -%}
    {%- for operation in ["$set", "$setOnce"] -%}
        {%- do pairs.update({operation: seg2amp._merged_operation(operation, pairs[operation])}) -%}
    {%- endfor -%}
    {%- set others = seg2amp.json_without(
        "plain_traits", ["utm_properties", "referrer", "$set", "$setOnce"]
    ) -%}
    {{ seg2amp.json_merge(others, seg2amp.json_object(pairs)) }}
{%- endmacro %}

{% macro _merged_operation(operation, column) -%}
    {%- set own = seg2amp.json_leaf("plain_traits", [operation]) -%}
    case
        when call_type = 'identify'
        then {{ seg2amp.merged_or_either(own, column) }}
        else {{ seg2amp.merged_or_either(column, own) }}
    end
{%- endmacro %}
