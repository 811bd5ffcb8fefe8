{#-
    Rows with `suppression_reason`: why nothing is sent of their person, NULL where nobody asked for that.
    rows: the name of a relation with user_id, device_id and lane_key, whose row it is.
-#}
{% macro with_suppression(rows) -%}
    {%- set suppressions = ref("amplitude_suppressions") -%}
    select {{ rows }}.*, coalesce(people.reason, users.reason, devices.reason) as suppression_reason
    from {{ rows }}
    left join {{ suppressions }} as people on {{ rows }}.lane_key = people.person_key
    left join {{ suppressions }} as users on {{ rows }}.user_id = users.person_key
    left join {{ suppressions }} as devices on {{ rows }}.device_id = devices.device_id
{%- endmacro %}
