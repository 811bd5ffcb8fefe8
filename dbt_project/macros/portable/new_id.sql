{#- An id that no other row has, made anew for each. -#}
{% macro new_id() %} {{ return(adapter.dispatch("new_id", "seg2amp")()) }} {% endmacro %}

{% macro default__new_id() -%} uuid() {%- endmacro %}

{% macro postgres__new_id() -%} gen_random_uuid() {%- endmacro %}
