{#-
    What a message's campaign and referrer set on the user, as the JSON object of one operation; NULL where they say nothing.
    prefix: '' for $set, 'initial_' for $setOnce.
    Version 1 of Log Event speaks up for any UTM value, even an empty one; version 2 only when one value is not empty.
    In version 2 the setting `setting_name`, where it is not empty, takes the place of campaign and referrer.
    Source: Amplitude (Actions).
-#}
{% macro acquisition_operation(prefix, setting_name) %}
    {%- set values = {} -%}
    {%- if seg2amp.setting("track_referrer") -%}
        {%- do values.update(
            {
                "referrer": "case when "
                ~ seg2amp.follows_v1()
                ~ " then nullif(referrer, '') else referrer end"
            }
        ) -%}
    {%- endif -%}
    {%- if seg2amp.setting("track_utm_properties") -%}
        {%- for name in ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] -%}
            {%- do values.update({name: name}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set pairs = {} -%} {%- set spoken = ["null"] -%} {%- set loud = ["null"] -%}
    {%- for name, value in values.items() -%}
        {%- set text = (
            value
            if seg2amp.setting("keep_empty_text")
            else "nullif(" ~ value ~ ", '')"
        ) -%}
        {%- do pairs.update({prefix ~ name: seg2amp.json_string(text)}) -%}
        {%- do spoken.append(text) -%} {%- do loud.append("nullif(" ~ value ~ ", '')") -%}
    {%- endfor -%}
    case
        when call_type not in ('track', 'page', 'screen', 'identify')
        then null
        when {{ seg2amp.follows_v1() }}
        then
            case
                when coalesce({{ spoken | join(", ") }}) is not null
                then {{ seg2amp.json_object(pairs) }}
            end
        {%- if seg2amp.setting(setting_name) %}
            else {{ seg2amp.configured_operation(setting_name) }}
        {%- else %}
            else
                case
                    when coalesce({{ loud | join(", ") }}) is not null
                    then {{ seg2amp.json_object(pairs) }}
                end
        {%- endif %}
    end
{%- endmacro %}
