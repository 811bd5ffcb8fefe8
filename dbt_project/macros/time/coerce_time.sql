{#- A JSON timestamp as epoch milliseconds, UTC, digits read as `digits_are_epoch` says; NULL where there is none or it cannot be read. -#}
{% macro coerce_time(json) -%}
    {{ seg2amp.json_time_ms(json, seg2amp.setting("digits_are_epoch")) }}
{%- endmacro %}
