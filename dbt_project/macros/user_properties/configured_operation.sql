{#-
    What one of the settings user_properties_set, _set_once and _add asks for, as the JSON object of its operation: each entry a number, or the
    value at a path of the message. NULL where the message holds none of the values. Source: Set Always, Set Once and Add of Amplitude (Actions).
-#}
{% macro configured_operation(setting_name) -%}
    {%- set pairs, given = {}, [] -%}
    {%- for name, value in seg2amp.setting(setting_name).items() -%}
        {%- set json = (
            "'" ~ tojson(value) ~ "'"
            if value is number
            else seg2amp.path_json(value) | trim
        ) -%}
        {%- do pairs.update({name: json}) -%}
        {%- do given.append(seg2amp.has_value(json)) -%}
    {%- endfor -%}
    {%- if pairs -%} case when {{ given | join(" or ") }} then {{ seg2amp.json_object(pairs) }} end
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
