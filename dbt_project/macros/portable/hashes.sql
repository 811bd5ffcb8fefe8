{#- A number that tells a row by its id and the moment it was loaded, the same wherever it is asked; sums of it tell sets of rows apart. -#}
{% macro row_hash(id, loaded_at) %}
    {{ return(adapter.dispatch("row_hash", "seg2amp")(id, loaded_at)) }}
{% endmacro %}

{% macro default__row_hash(id, loaded_at) -%}
    hash({{ id }}, epoch_us({{ loaded_at }}))
{%- endmacro %}

{% macro postgres__row_hash(id, loaded_at) -%}
    hashtextextended(concat_ws('|', coalesce({{ id }}, ''), cast({{ loaded_at }} as text)), 0)
{%- endmacro %}

{#- An id that no other row has, as text, made anew for each. -#}
{% macro new_id() %} {{ return(adapter.dispatch("new_id", "seg2amp")()) }} {% endmacro %}

{% macro default__new_id() -%} cast(uuid() as text) {%- endmacro %}

{% macro postgres__new_id() -%} cast(gen_random_uuid() as text) {%- endmacro %}
