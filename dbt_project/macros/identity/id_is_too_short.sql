{#- Whether an id is shorter than `min_id_length`; Amplitude trims blanks first. Source: Amplitude HTTP V2 API. -#}
{% macro id_is_too_short(id) -%}
    (length(trim({{ id }})) < {{ seg2amp.setting("min_id_length") }})
{%- endmacro %}
