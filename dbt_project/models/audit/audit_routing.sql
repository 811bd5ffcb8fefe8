{%- set rows = [] -%}
{%- for rule in seg2amp.routing_rules(all=true) -%}
    {%- do rows.append(
        {
            "position": loop.index,
            "rule_id": rule.id,
            "outcome": rule.outcome,
            "says": rule.says,
            "is_on": not rule.off,
        }
    ) -%}
{%- endfor -%}
{{ seg2amp.literal_rows(rows) }}
