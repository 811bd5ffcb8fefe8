{#- The statement that makes a function of one expression. arguments: {name: type}; returns: type; body: SQL over the arguments. -#}
{% macro create_function(name, arguments, returns, body) %}
    {{ return(adapter.dispatch("create_function", "seg2amp")(name, arguments, returns, body)) }}
{% endmacro %}

{% macro default__create_function(name, arguments, returns, body) -%}
    create or replace macro {{ seg2amp.function(name) }} ({{ arguments.keys() | join(", ") }}) as ({{ body }})
{%- endmacro %}

{% macro postgres__create_function(name, arguments, returns, body) -%}
    {%- set declared = [] -%}
    {%- for argument, type in arguments.items() -%}
        {%- do declared.append(argument ~ " " ~ seg2amp.type_name(type)) -%}
    {%- endfor -%}
    create or replace function {{ seg2amp.function(name) }} ({{ declared | join(", ") }})
    returns {{ seg2amp.type_name(returns) }} language sql immutable parallel safe as $body$ select {{ body }} $body$
{%- endmacro %}

{#- A function of ours with the schema that it stands in. -#}
{% macro function(name) %}
    {{ return(seg2amp.quoted_name(target.schema) ~ "." ~ name) }}
{% endmacro %}
