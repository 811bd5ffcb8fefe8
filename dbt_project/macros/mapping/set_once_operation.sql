{#-
    What a message sets on the user where there is no value yet, as the JSON object of $setOnce: traits of `traits_to_set_once`, the first
    campaign and referrer, or what `user_properties_set_once` says.
-#}
{% macro set_once_operation() -%}
    {%- set acquired = seg2amp.acquisition_operation("initial_", "user_properties_set_once") -%}
    {%- if seg2amp.setting("traits_to_set_once") -%}
        {{
            seg2amp.merged_or_either(
                "(" ~ seg2amp.trait_operation("traits_to_set_once") ~ ")", "(" ~ acquired ~ ")"
            )
        }}
    {%- else -%} {{ acquired }}
    {%- endif -%}
{%- endmacro %}
