{#- What becomes of a message by its routing rule: mapped, dropped or rejected. -#}
{% macro outcome() -%}
    case
        rule_id
        {%- for rule in seg2amp.routing_rules() %}
            when '{{ rule.id }}' then '{{ rule.outcome }}'
        {%- endfor %}
    end
{%- endmacro %}
