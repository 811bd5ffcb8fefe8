{#- Where an option of a message for Amplitude stands, in the order that `session_id_source` asks: paths in backticks. -#}
{% macro option_paths(name) %}
    {%- set source = seg2amp.setting("session_id_source") -%}
    {%- set paths = [] -%}
    {%- for destination in ["actions", "classic"] if source in (destination, "any") -%}
        {%- do paths.append(seg2amp.field_path(destination ~ "_" ~ name)) -%}
    {%- endfor -%}
    {{ return(paths) }}
{% endmacro %}
