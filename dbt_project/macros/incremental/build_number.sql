{#- The number of what a model changes now: one more than the highest in `build_history`. -#}
{% macro build_number() %}
    {%- set history = seg2amp.history() -%}
    {%- if not history -%} {{ return(1) }}{%- endif -%}
    {%- set query = "select coalesce(max(build_number), 0) + 1 from " ~ history -%}
    {{ return(run_query(query)[0][0] | int) }}
{% endmacro %}
