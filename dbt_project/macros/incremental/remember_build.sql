{#- The post-hook of the models that map: where one is incremental, a row more in `build_history`. -#}
{% macro remember_build() -%}
    {%- do ref("build_history") -%}
    {%- if execute and model.config.materialized == "incremental" -%}
        insert into {{ seg2amp.history() }}
            (model, build_number, mapping_hash, is_whole, rows_removed, built_at, invocation_id)
        values (
        {{ seg2amp.quoted(this.identifier) }},
        {{ seg2amp.build_number() }},
        {{ seg2amp.quoted(seg2amp.mapping_hash()) }},
        {{ seg2amp.last_build() is none }},
        {{ seg2amp.memory().get(this.identifier ~ " rows removed", "null") }},
        {{ seg2amp.utc_now() }},
        {{ seg2amp.quoted(invocation_id) }}
        )
    {%- endif -%}
{%- endmacro %}
