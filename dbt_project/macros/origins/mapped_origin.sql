{#- In words, where a field comes from that only the setting `mapped_fields` maps. -#}
{% macro mapped_origin(name) %}
    {%- set path = seg2amp.setting("mapped_fields").get(name) -%}
    {{ return(seg2amp.origin(["`" ~ path ~ "`"] if path else [], settings=["mapped_fields"])) }}
{% endmacro %}
