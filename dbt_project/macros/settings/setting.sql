{#- The value of a setting: what the user set, else its default in the profile. -#}
{% macro setting(name) %}
    {%- set entry = var("setting_catalogue")[name] -%}
    {%- set value = var(name, entry.get(seg2amp.profile(), entry.get("default"))) -%}
    {%- do seg2amp.check_value(name, entry, value) -%}
    {{ return(value) }}
{% endmacro %}
