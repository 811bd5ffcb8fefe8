{#- The engine's name of a type: text, integer, bigint, double, boolean or timestamp (naive, UTC). -#}
{% macro type_name(type) %}
    {{ return(adapter.dispatch("type_name", "seg2amp")(type)) }}
{% endmacro %}

{% macro default__type_name(type) %}
    {{ return({"double": "double precision", "texts": "text[]"}.get(type, type)) }}
{% endmacro %}
