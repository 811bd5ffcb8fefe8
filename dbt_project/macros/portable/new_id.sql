{#- An id that no other row has, as text, made anew for each. -#}
{% macro new_id() %} {{ return(adapter.dispatch("new_id", "seg2amp")()) }} {% endmacro %}

{% macro default__new_id() -%} cast(uuid() as text) {%- endmacro %}

{% macro postgres__new_id() -%} cast(gen_random_uuid() as text) {%- endmacro %}
