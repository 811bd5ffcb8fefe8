{#-
    user_properties of a message: its plain traits, with the operations of `user_property_operations`. How the two meet is the setting
    `wrap_plain_in_set`. beside_operations: plain properties go into $set wherever operations stand beside them, because Amplitude
    refuses a mixture; always: also where none does; never: as Segment sends it.
    A group call puts its person into the group.
-#}
{% macro user_properties() -%}
    {%- set wrap = seg2amp.setting("wrap_plain_in_set") -%}
    {%- set joined, asked = {}, [] -%}
    {%- for operation, name in seg2amp.user_property_operations().items() -%}
        {%- do joined.update({operation: "joined_" ~ name}) -%}
        {%- do asked.append("asked_" ~ name) -%}
    {%- endfor -%}
    {%- set wrapped = dict(
        joined, **{"$set": seg2amp.merged_or_either("other_traits", "joined_set")}
    ) -%}
    case
        when call_type = 'group'
        then
            '{'
            || {{ seg2amp.json_string("group_type") }}
            || ':'
            || {{ seg2amp.json_string("group_value") }}
            || '}'
        {%- if wrap == "never" %}
            when coalesce({{ asked | join(", ") }}) is null
            then plain_traits
            when other_traits is null
            then {{ seg2amp.json_object(joined) }}
            else {{ seg2amp.json_merge("other_traits", seg2amp.json_object(joined)) }}
        {%- else %}
            when coalesce({{ joined.values() | join(", ") }}, other_operations) is null
            {%- if wrap == "always" %}
                then
                    case
                        when plain_traits = '{}'
                        then plain_traits
                        else '{"$set":' || plain_traits || '}'
                    end
            {%- else %} then plain_traits
            {%- endif %}
            when other_operations is null
            then {{ seg2amp.json_object(wrapped) }}
            else {{ seg2amp.json_merge("other_operations", seg2amp.json_object(wrapped)) }}
        {%- endif %}
    end
{%- endmacro %}
