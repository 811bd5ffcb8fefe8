{#- The value of a setting: what the user set, else its default in the profile. -#}
{% macro setting(name) %}
    {%- set known = seg2amp.memory().setdefault("settings", {}) -%}
    {%- if name not in known -%}
        {%- set entry = var("setting_catalogue")[name] -%}
        {%- set defaults = [entry.get(seg2amp.profile(), entry.get("default"))] -%}
        {#- The seeds play raw tables only where nothing else is to be read. -#}
        {%- for door in entry.get("empty_beside", []) if seg2amp.given_setting(door, none) -%}
            {%- do defaults.append([]) -%}
        {%- endfor -%}
        {%- set value = seg2amp.given_setting(name, defaults | last) -%}
        {%- if entry.one_is_a_list and value is string -%}
            {%- set value = [value] if value else [] -%}
        {%- endif -%}
        {%- do seg2amp.check_value(name, entry, value) -%}
        {%- do known.update({name: value}) -%}
    {%- endif -%}
    {{ return(known[name]) }}
{% endmacro %}
