{#-
    Why the settings only_where and drop_where keep a message back, each a column, NULL where it does not: {column: SQL}. Asked of the
    message as it was sent, before fields are derived from one another. Source: triggers of Amplitude (Actions).
-#}
{% macro value_reasons() %}
    {{
        return(
            {
                "value_not_wanted": seg2amp._value_reason("only_where", false, "is not"),
                "value_dropped": seg2amp._value_reason("drop_where", true, "is"),
            }
        )
    }}
{% endmacro %}

{#- The first path of a setting whose value is (holds) or is not the one the setting names, in words. -#}
{% macro _value_reason(setting_name, holds, verb) -%}
    {%- set conditions = seg2amp.setting(setting_name) -%}
    {%- if conditions -%}
        case
            {%- for path, value in conditions.items() %}
                {%- set shown = '"' ~ value ~ '"' if value is string else tojson(value) -%}
                {%- set words = ["setting " ~ setting_name ~ ":", path, verb, shown] | join(" ") %}
                when
                    {{ "not" if not holds }}
                    ({{ seg2amp.json_equals(seg2amp.path_json(path, typed=false), value) }})
                then {{ seg2amp.quoted(words) }}
            {%- endfor %}
        end
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
