{#-
    Why the settings only_where and drop_where keep a message back, in words: the first path whose value is (holds) or is not the one that the
    setting names; NULL where none is. Asked of the message as it was sent: text is that text, a number that number however it is written (1 is 1.0), a
    boolean that boolean; none asks for a value that is missing or null. Nothing is converted: "1" is not 1. Source: triggers of Amplitude (Actions).
-#}
{% macro value_reason(setting_name, holds, verb) -%}
    {%- set conditions = seg2amp.setting(setting_name) -%}
    {%- if conditions -%}
        case
            {%- for path, value in conditions.items() %}
                {%- set shown = '"' ~ value ~ '"' if value is string else tojson(value) -%}
                {%- set words = ["setting " ~ setting_name ~ ":", path, verb, shown] | join(" ") %}
                {%- set json = seg2amp.path_json(path) | trim %}
                {%- if value is none %} {%- set equal = "coalesce(" ~ json ~ ", 'null') = 'null'" %}
                {%- elif value is boolean %}
                    {%- set equal = "coalesce(" ~ json ~ " = '" ~ value | lower ~ "', false)" %}
                {%- elif value is number %}
                    {%- set number = seg2amp.try_cast(json, "double") %}
                    {%- set equal = "coalesce(" ~ number ~ " = " ~ value ~ ", false)" %}
                {%- else %}
                    {%- set is_text = seg2amp.json_text(json) ~ " = " ~ seg2amp.quoted(value) %}
                    {%- set equal = (
                        "case when left("
                        ~ json
                        ~ ", 1) = '\"' then "
                        ~ is_text
                        ~ " else false end"
                    ) %}
                {%- endif %}
                when {{ "not" if not holds }} ({{ equal }})
                then {{ seg2amp.quoted(words) }}
            {%- endfor %}
        end
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
