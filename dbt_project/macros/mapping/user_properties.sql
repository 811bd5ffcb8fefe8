{#-
    user_properties of a message: its traits, with the operations that campaign, referrer and settings ask for.
    Reads the columns traits, set_json, set_once_json and add_json. How the two meet is the setting `wrap_plain_in_set`:
    on, plain properties go into $set wherever operations stand beside them, because Amplitude refuses a mixture;
    off, as Segment sends it.
-#}
{% macro user_properties() -%}
    {%- set wrap = seg2amp.setting("wrap_plain_in_set") != "never" -%}
    {%- set operations = {"$set": "set_json", "$setOnce": "set_once_json", "$add": "add_json"} -%}
    {%- set wrapped = {
        "$set": seg2amp.merged_or_either("traits", "set_json"),
        "$setOnce": "set_once_json",
        "$add": "add_json",
    } -%}
    case
        when call_type = 'group'
        then
            '{'
            || {{ seg2amp.json_string("group_type") }}
            || ':'
            || {{ seg2amp.json_string("group_value") }}
            || '}'
        {%- if wrap %} when traits like '%"$%' then {{ seg2amp.wrapped_operations() }} {%- endif %}
        when set_json is null and set_once_json is null and add_json is null
        then traits
        when traits is null
        then {{ seg2amp.json_object(operations) }}
        {%- if wrap %} else {{ seg2amp.json_object(wrapped) }}
        {%- else %}
            when {{ seg2amp.follows_v1() }}
            then {{ seg2amp.merged_operations() }}
            else {{ seg2amp.replaced_operations() }}
        {%- endif %}
    end
{%- endmacro %}
