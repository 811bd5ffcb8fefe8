{#-
    What one of the settings user_properties_set, _set_once and _add asks for, as the JSON object of its operation; NULL where the
    message holds none of the values. Source: Set Always, Set Once and Add of Amplitude (Actions).
-#}
{% macro configured_operation(setting_name) -%}
    {%- set pairs = {} -%}
    {%- for name, value in seg2amp.setting(setting_name).items() -%}
        {%- do pairs.update({name: seg2amp.setting_value_json(value)}) -%}
    {%- endfor -%}
    case
        when
            {%- for json in pairs.values() %}
                {{ seg2amp.has_value(json) }} {{ "or" if not loop.last }}
            {%- endfor %}
        then {{ seg2amp.json_object(pairs) }}
    end
{%- endmacro %}
