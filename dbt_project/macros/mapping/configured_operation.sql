{#-
    What one of the settings user_properties_set, _set_once and _add asks for, as the JSON object of its operation; NULL where the
    message holds none of the values. Source: Set Always, Set Once and Add of Amplitude (Actions).
-#}
{% macro configured_operation(setting_name) %}
    {%- set pairs = {} -%} {%- set held = ["null"] -%}
    {%- for name, value in seg2amp.setting(setting_name).items() -%}
        {%- set json = seg2amp.setting_value_json(value) -%}
        {%- do pairs.update({name: json}) -%}
        {%- do held.append("case when " ~ seg2amp.has_value(json) ~ " then 1 end") -%}
    {%- endfor -%}
    {{
        return(
            "case when coalesce(" ~ held
            | join(", ") ~ ") is not null then " ~ seg2amp.json_object(pairs) ~ " end"
        )
    }}
{% endmacro %}
