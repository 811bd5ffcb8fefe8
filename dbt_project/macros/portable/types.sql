{#- The engine's name of a type: text, integer, bigint, double, boolean or timestamp (naive, UTC). -#}
{% macro type_name(type) %}
    {{ return(adapter.dispatch("type_name", "seg2amp")(type)) }}
{% endmacro %}

{% macro default__type_name(type) %}
    {{ return({"double": "double precision", "texts": "text[]"}.get(type, type)) }}
{% endmacro %}

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
