{#- What the setting `user_properties_add` adds to the user, as the JSON object of $add; only version 2 of Log Event adds. -#}
{% macro add_operation() -%}
    {%- if seg2amp.setting("user_properties_add") -%}
        case
            when call_type in ('track', 'page', 'screen') and not {{ seg2amp.follows_v1() }}
            then {{ seg2amp.configured_operation("user_properties_add") }}
        end
    {%- else -%} cast(null as text)
    {%- endif -%}
{%- endmacro %}
