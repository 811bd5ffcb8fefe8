{#-
    user_properties of a message: its plain traits, with the operations of `user_property_operations`. How the two meet is the setting
    `wrap_plain_in_set`. beside_operations: plain properties go into $set wherever operations stand beside them, because Amplitude
    refuses a mixture; always: also where none does; never: as Segment sends it.
    Reads the columns plain_traits, set_json, set_once_json, add_json and those of the settings traits_to_….
-#}
{% macro user_properties() -%}
    {%- set wrap = seg2amp.setting("wrap_plain_in_set") -%}
    {%- set operations = seg2amp.user_property_operations() -%}
    {%- set wrapped = dict(
        operations, **{"$set": seg2amp.merged_or_either("plain_traits", "set_json")}
    ) -%}
    case
        when call_type = 'group'
        then
            '{'
            || {{ seg2amp.json_string("group_type") }}
            || ':'
            || {{ seg2amp.json_string("group_value") }}
            || '}'
        {%- if wrap != "never" %}
            when plain_traits like '%"$%' then {{ seg2amp.wrapped_operations() }}
        {%- endif %}
        when coalesce({{ operations.values() | join(", ") }}) is null
        {%- if wrap == "always" %}
            then
                case
                    when plain_traits = '{}'
                    then plain_traits
                    else '{"$set":' || plain_traits || '}'
                end
        {%- else %} then plain_traits
        {%- endif %}
        when plain_traits is null
        then {{ seg2amp.json_object(operations) }}
        {%- if wrap != "never" %} else {{ seg2amp.json_object(wrapped) }}
        {%- else %}
            when {{ seg2amp.follows_v1() }}
            then {{ seg2amp.merged_operations() }}
            else {{ seg2amp.replaced_operations() }}
        {%- endif %}
    end
{%- endmacro %}
