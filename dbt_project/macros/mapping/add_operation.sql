{#-
    What a message adds to the user's numbers, as the JSON object of $add: traits of `traits_to_increment` on identify calls, and what
    `user_properties_add` says on events; version 1 of Log Event does not add.
-#}
{% macro add_operation() -%}
    case
        {%- if seg2amp.setting("traits_to_increment") %}
            when call_type = 'identify' then {{ seg2amp.trait_operation("traits_to_increment") }}
        {%- endif %}
        {%- if seg2amp.setting("user_properties_add") %}
            when call_type in ('track', 'page', 'screen') and not {{ seg2amp.follows_v1() }}
            then {{ seg2amp.configured_operation("user_properties_add") }}
        {%- endif %}
        when false
        then cast(null as text)
    end
{%- endmacro %}
