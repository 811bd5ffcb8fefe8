{#-
    Rows and requests by position, each with `request_position`: where the last request of its lane or group begins that does not begin after it. Requests of a lane or
    group do not overlap, so no other can hold the row; comparing each row with every request would cost rows times requests. Of `outbox` and `requests` in `audit_deliveries`.
-#}
{% macro request_positions() -%}
    select
        *,
        max(first_position) over (
            partition by endpoint, lane, group_id
            order by position, is_row
            rows between unbounded preceding and current row
        ) as request_position
    from
        (
            select
                endpoint,
                lane,
                group_id,
                position,
                cast(null as bigint) as first_position,
                1 as is_row
            from outbox
            union all
            select endpoint, lane, requested_group, first_position, first_position, 0
            from requests
        ) as marks
{%- endmacro %}
