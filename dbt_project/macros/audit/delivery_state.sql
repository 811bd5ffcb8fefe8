{#- What became of a row of the outbox, in one word. Of `rejections`, `outbox` and `answered` in `audit_deliveries`. -#}
{% macro delivery_state() -%}
    case
        when rejections.position is not null
        then 'rejected'
        when outbox.suppressed_for is not null
        then 'suppressed'
        when answered.outcome = 'held'
        then 'unknown'
        else coalesce(answered.outcome, 'pending')
    end
{%- endmacro %}
