{#- The id of the routing rule that decides on a message. -#}
{% macro routing_rule() -%}
    case
        {%- for rule in seg2amp.routing_rules() %}
            when {{ rule.when }} then '{{ rule.id }}'
        {%- endfor %}
    end
{%- endmacro %}
