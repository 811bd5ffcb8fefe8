{#- The traits of an identify call that settings give an operation of their own. -#}
{% macro trait_origins() %}
    {%- set operations = {
        "traits_to_increment": ["$add", "Its number is added."],
        "traits_to_set_once": ["$setOnce", "It is set where there is no value yet."],
        "traits_to_append": ["$append", "It is put at the end of the list."],
        "traits_to_prepend": ["$prepend", "It is put before the list."],
        "traits_to_unset": [
            "$unset",
            "The property is removed, whatever the trait's value.",
        ],
    } -%}
    {%- set origins = [] -%}
    {%- for setting_name, way in operations.items() -%}
        {%- for trait in seg2amp.setting(setting_name) -%}
            {%- do origins.append(
                seg2amp.origin(
                    ["`traits." ~ trait ~ "`"],
                    way[1],
                    [setting_name],
                    part=way[0] ~ "." ~ trait,
                )
            ) -%}
        {%- else -%}
            {%- do origins.append(
                seg2amp.origin([], settings=[setting_name], part=way[0] ~ ".<trait>")
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(origins) }}
{% endmacro %}
