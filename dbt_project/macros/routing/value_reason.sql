{#-
    Why the settings only_where and drop_where keep a message back, in words: the first path whose value is (holds) or is not the one that the
    setting names; NULL where none is. Asked of the message as it was sent. Source: triggers of Amplitude (Actions).
-#}
{% macro value_reason(setting_name, holds, verb) -%}
    {%- set conditions = seg2amp.setting(setting_name) -%}
    {%- if conditions -%}
        case
            {%- for path, value in conditions.items() %}
                {%- set shown = '"' ~ value ~ '"' if value is string else tojson(value) -%}
                {%- set words = ["setting " ~ setting_name ~ ":", path, verb, shown] | join(" ") %}
                when
                    {{ "not" if not holds }} (
                        {{ seg2amp.json_equals(seg2amp.path_json(path), value) }}
                    )
                then {{ seg2amp.quoted(words) }}
            {%- endfor %}
        end
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
