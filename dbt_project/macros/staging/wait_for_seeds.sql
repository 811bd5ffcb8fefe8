{#- Where the small set in `seeds/` plays the raw tables, its seeds must be loaded first; dbt sees that only in a ref. -#}
{% macro wait_for_seeds() %}
    {%- if "segment_seeds" in seg2amp.setting("segment_schemas") -%}
        {%- for name in var("raw_seeds") -%} {%- do ref(name) -%} {%- endfor -%}
    {%- endif -%}
{% endmacro %}
