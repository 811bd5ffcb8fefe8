{#- Text as another type, NULL where it does not parse: a cast that never stops a build. -#}
{% macro try_cast(text, type) %}
    {{ return(adapter.dispatch("try_cast", "seg2amp")(text, type)) }}
{% endmacro %}

{% macro default__try_cast(text, type) -%}
    try_cast({{ text }} as {{ seg2amp.type_name(type) }})
{%- endmacro %}

{% macro postgres__try_cast(text, type) -%}
    {%- set name = seg2amp.type_name(type) -%}
    case when pg_input_is_valid({{ text }}, '{{ name }}') then cast({{ text }} as {{ name }}) end
{%- endmacro %}
