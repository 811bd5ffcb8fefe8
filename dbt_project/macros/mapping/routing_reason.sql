{#- Why a message was not mapped, in words; NULL where it was. -#}
{% macro routing_reason() -%}
    case
        rule_id
        {%- for rule in seg2amp.routing_rules() if rule.reason %}
            when '{{ rule.id }}' then {{ rule.reason }}
        {%- endfor %}
    end
{%- endmacro %}
