{#- The table `int_messages_known`, for models that come after it. No ref, so that unit tests need not play it. -#}
{% macro known_messages() %}
    {{ return(this.incorporate(path={"identifier": "int_messages_known"})) }}
{% endmacro %}
