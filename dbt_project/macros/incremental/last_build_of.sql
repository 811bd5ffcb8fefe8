{#- As `last_build`, asked of an incremental model by one that comes before it. -#}
{% macro last_build_of(model) %}
    {%- if not execute or this is none or should_full_refresh() -%} {{ return(none) }}{%- endif -%}
    {%- set its_table = load_cached_relation(this.incorporate(path={"identifier": model})) -%}
    {{ return(seg2amp._taken_in(model) if its_table else none) }}
{% endmacro %}
