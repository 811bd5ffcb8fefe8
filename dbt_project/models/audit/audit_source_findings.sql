{{ config(materialized="ephemeral") }}
{%- do seg2amp.check_settings(sources=false) if execute -%}
{%- set rules, rows = seg2amp.source_findings(), [] -%}
{%- for rule in rules -%}
    {%- do rows.append(
        {
            "finding": rule.finding,
            "is_sent": rule.get("sent", true),
            "explanation": rule.explanation,
            "advice": rule.advice,
        }
    ) -%}
{%- endfor -%}
with
    measures as (
        select *, cast(row_count as double precision) / nullif(of_rows, 0) as share
        from ({{ seg2amp.source_measures(rules) }}) as measured
    ),

    rules as ({{ seg2amp.literal_rows(rows) }})

select
    measures.finding,
    case
        measures.finding
        {%- for rule in rules %}
            when '{{ rule.finding }}'
            then
                {% if rule.severity.startswith("case") -%} {{ rule.severity }}
                {%- else -%} '{{ rule.severity }}'
                {%- endif %}
        {%- endfor %}
    end as severity,
    measures.source_relation,
    measures.source_table,
    measures.column_name,
    measures.row_count,
    measures.share,
    measures.detail,
    rules.is_sent,
    rules.explanation,
    rules.advice
from measures
inner join rules on measures.finding = rules.finding
