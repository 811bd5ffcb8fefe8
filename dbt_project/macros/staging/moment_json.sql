{#- A JSON value that tells when a message was received, text or epoch number, as `known_moment` knows it. -#}
{% macro moment_json(json) -%}
    {{ seg2amp.known_moment(seg2amp.epoch_timestamp(seg2amp.json_time_ms(json, true))) }}
{%- endmacro %}
