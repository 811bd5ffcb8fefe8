{#- The table `build_history`, none before it is built. No ref, so that unit tests need not play it; the post-hook holds the ref. -#}
{% macro history() %}
    {%- if not execute or this is none -%} {{ return(none) }}{%- endif -%}
    {{ return(load_cached_relation(this.incorporate(path={"identifier": "build_history"}))) }}
{% endmacro %}
