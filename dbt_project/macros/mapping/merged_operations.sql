{#-
    Version 1 of Log Event, and identifies: $set and $setOnce of the traits and of the message are merged key by key. On events the
    traits win, on identifies the message. Traits named utm_properties and referrer are left out. Source: Amplitude (Actions).
-#}
{% macro merged_operations() %}
    {%- set merged = {} -%}
    {%- for key, column in {"$set": "set_json", "$setOnce": "set_once_json"}.items() -%}
        {%- set own = seg2amp.json_leaf("traits", [key]) -%}
        {%- do merged.update(
            {
                key: "case when call_type = 'identify' then "
                ~ seg2amp.merged_or_either(own, column)
                ~ " else "
                ~ seg2amp.merged_or_either(column, own)
                ~ " end"
            }
        ) -%}
    {%- endfor -%}
    {{
        return(
            seg2amp.json_merge(
                seg2amp.json_without(
                    "traits", ["utm_properties", "referrer", "$set", "$setOnce"]
                ),
                seg2amp.json_object(merged),
            )
        )
    }}
{% endmacro %}
