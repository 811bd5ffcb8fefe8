{#-
    user_properties of a message: its traits, with the operations that campaign, referrer and settings ask for.
    Reads the columns traits, set_json, set_once_json and add_json. How the two meet is the setting `wrap_plain_in_set`:
    on, plain properties go into $set wherever operations stand beside them, because Amplitude refuses a mixture;
    off, as Segment sends it.
-#}
{% macro user_properties() %}
    {%- set operations = seg2amp.json_object(
        {"$set": "set_json", "$setOnce": "set_once_json", "$add": "add_json"}
    ) -%}
    case
        when call_type = 'group'
        then
            '{'
            || {{ seg2amp.json_string("group_type") }}
            || ':'
            || {{ seg2amp.json_string("group_value") }}
            || '}'
        {%- if seg2amp.setting("wrap_plain_in_set") %}
            when traits like '%"$%'
            then {{ seg2amp.wrapped_operations() }}
            when set_json is null and set_once_json is null and add_json is null
            then traits
            when traits is null
            then {{ operations }}
            else
                {{
                    seg2amp.json_object(
                        {
                            "$set": "case when set_json is null then traits else "
                            ~ seg2amp.json_merge("traits", "set_json")
                            ~ " end",
                            "$setOnce": "set_once_json",
                            "$add": "add_json",
                        }
                    )
                }}
        {%- else %}
            when set_json is null and set_once_json is null and add_json is null
            then traits
            when traits is null
            then {{ operations }}
            when {{ seg2amp.follows_v1() }}
            then {{ seg2amp.merged_operations() }}
            else {{ seg2amp.replaced_operations() }}
        {%- endif %}
    end
{%- endmacro %}
