{#-
    What a message's campaign, click and referrer set on the user, as the JSON object of one operation; NULL where they say nothing.
    prefix: '' for $set, 'initial_' for $setOnce. In version 2 of Log Event the object of a setting, where that is not empty, takes the place of
    campaign and referrer. Where `keep_empty_text` is on, version 1 speaks up for an empty UTM value already, version 2 only when one
    value is not empty. Source: Amplitude (Actions).
-#}
{% macro acquired_object(texts, prefix, setting_column) -%}
    {%- set configured = seg2amp.setting(
        {
            "setting_set": "user_properties_set",
            "setting_set_once": "user_properties_set_once",
        }[setting_column]
    ) -%}
    {%- set pairs, given, filled = {}, [], [] -%}
    {%- for name in texts -%}
        {%- do pairs.update({prefix ~ name: seg2amp.json_string("acquired_" ~ name)}) -%}
        {%- do given.append("acquired_" ~ name) -%}
        {%- do filled.append("nullif(acquired_" ~ name ~ ", '')") -%}
    {%- endfor -%}
    {%- set object = seg2amp.json_object(pairs) -%}
    {%- set any_given = "coalesce(" ~ (given or ["null"]) | join(", ") ~ ") is not null" -%}
    {%- set any_filled = "coalesce(" ~ (filled or ["null"]) | join(", ") ~ ") is not null" -%}
    {%- set v1 = seg2amp.follows_v1() -%}
    {%- if configured -%}
        case
            when call_type not in ('track', 'page', 'screen', 'identify')
            then null
            when not {{ v1 }}
            then {{ setting_column }}
            when {{ any_given }}
            then {{ object }}
        end
    {%- elif not pairs -%} cast(null as text)
    {%- elif seg2amp.setting("keep_empty_text") -%}
        case
            when call_type not in ('track', 'page', 'screen', 'identify')
            then null
            when ({{ v1 }} and {{ any_given }}) or {{ any_filled }}
            then {{ object }}
        end
    {%- else -%}
        case
            when call_type in ('track', 'page', 'screen', 'identify') and {{ any_given }}
            then {{ object }}
        end
    {%- endif -%}
{%- endmacro %}
