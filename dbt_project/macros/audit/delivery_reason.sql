{#- Why a row of the outbox is not delivered, in words; NULL where it is, or waits its turn. Of `rejections` and `answered` in `audit_deliveries`. -#}
{% macro delivery_reason() -%}
    coalesce(
        rejections.reason,
        outbox.suppressed_for,
        case
            answered.outcome
            when 'skipped'
            then 'held back by --since'
            when 'held'
            then 'a request of unknown outcome held it more than 6 days ago; see seg2amp retry'
        end
    )
{%- endmacro %}
