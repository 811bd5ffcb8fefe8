{#-
    The traits that settings give an operation of their own: {setting: names}. Each name stands once, under the first setting that has it,
    and beside it stands its snake case, as warehouses write it.
-#}
{% macro traits_with_operation() %}
    {%- set taken = [] -%}
    {%- set found = {} -%}
    {%- for setting_name in [
        "traits_to_increment",
        "traits_to_set_once",
        "traits_to_append",
        "traits_to_prepend",
        "traits_to_unset",
    ] -%}
        {%- set names = [] -%}
        {%- for trait in seg2amp.setting(setting_name) -%}
            {%- for name in [trait, seg2amp.snake_case(trait)] if name not in taken -%}
                {%- do names.append(name) -%} {%- do taken.append(name) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- do found.update({setting_name: names}) -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}
