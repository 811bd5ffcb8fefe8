{#- The trait that a setting names, as JSON; NULL where the setting is empty or the traits have none of that name. -#}
{% macro trait_json(setting_name) -%}
    {%- if seg2amp.setting(setting_name) -%}
        {{ seg2amp.member_json("traits", [seg2amp.setting(setting_name)]) }}
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
