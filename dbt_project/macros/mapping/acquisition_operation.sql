{#-
    What a message's campaign, click and referrer set on the user, as the JSON object of one operation; NULL where they say nothing.
    prefix: '' for $set, 'initial_' for $setOnce.
    In version 2 of Log Event the setting `setting_name`, where it is not empty, takes the place of campaign and referrer.
    Where `keep_empty_text` is on, version 1 speaks up for an empty UTM value already, version 2 only when one value is not empty.
    Source: Amplitude (Actions).
-#}
{% macro acquisition_operation(prefix, setting_name) -%}
    {%- set configured = seg2amp.setting(setting_name) -%}
    {%- set pairs = {} -%} {%- set texts = ["null"] -%} {%- set filled = ["null"] -%}
    {%- for name, text in seg2amp.acquisition_texts().items() -%}
        {%- do pairs.update({prefix ~ name: seg2amp.json_string(text)}) -%}
        {%- do texts.append(text) -%} {%- do filled.append("nullif(" ~ text ~ ", '')") -%}
    {%- endfor -%}
    case
        when call_type not in ('track', 'page', 'screen', 'identify')
        then null
        {%- if configured or seg2amp.setting("keep_empty_text") %}
            when {{ seg2amp.follows_v1() }}
            then
                case
                    when coalesce({{ texts | join(", ") }}) is not null
                    then {{ seg2amp.json_object(pairs) }}
                end
        {%- endif %}
        {%- if configured %} else {{ seg2amp.configured_operation(setting_name) }}
        {%- else %}
            when coalesce({{ filled | join(", ") }}) is not null
            then {{ seg2amp.json_object(pairs) }}
        {%- endif %}
    end
{%- endmacro %}
