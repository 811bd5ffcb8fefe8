{#-
    Version 1 of Log Event, and identifies: $set and $setOnce of the traits and of the message are merged key by key. On events the
    traits win, on identifies the message. Traits named utm_properties and referrer are left out. Source: Amplitude (Actions).
-#}
{% macro merged_operations() -%}
    {%- set others = seg2amp.json_without(
        "traits", ["utm_properties", "referrer", "$set", "$setOnce"]
    ) -%}
    {%- set merged = seg2amp.json_object(
        {
            "$set": seg2amp._merged_operation("$set", "set_json"),
            "$setOnce": seg2amp._merged_operation("$setOnce", "set_once_json"),
        }
    ) -%}
    {{ seg2amp.json_merge(others, merged) }}
{%- endmacro %}

{% macro _merged_operation(operation, column) -%}
    {%- set own = seg2amp.json_leaf("traits", [operation]) -%}
    case
        when call_type = 'identify'
        then {{ seg2amp.merged_or_either(own, column) }}
        else {{ seg2amp.merged_or_either(column, own) }}
    end
{%- endmacro %}
