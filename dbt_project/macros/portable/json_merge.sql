{#- Two JSON objects as one; where both have a key, the second wins. Nested objects are merged alike. -#}
{% macro json_merge(first, second) %}
    {{ return(adapter.dispatch("json_merge", "seg2amp")(first, second)) }}
{% endmacro %}

{% macro default__json_merge(first, second) %}
    {{ return("cast(json_merge_patch(" ~ first ~ ", " ~ second ~ ") as text)") }}
{% endmacro %}

{% macro postgres__json_merge(first, second) %}
    {{ return("cast(cast(" ~ first ~ " as jsonb) || cast(" ~ second ~ " as jsonb) as text)") }}
{% endmacro %}
