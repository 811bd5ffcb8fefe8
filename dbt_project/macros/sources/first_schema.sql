{#- The first of `segment_schemas`, which the source `segment` stands for; without any that of the seeds. -#}
{% macro first_schema() %}
    {{ return((seg2amp.setting("segment_schemas") or ["segment_seeds"])[0]) }}
{% endmacro %}
