{#- The post-hook of `stg_segment__raw_json`: what was read of files has landed, and no second copy of it is kept. -#}
{% macro forget_lines() -%}
    {%- set lines = ref("stg_segment__raw_json_lines") -%}
    {%- if seg2amp.setting("raw_json_path") -%} delete from {{ lines }} {%- endif -%}
{%- endmacro %}
