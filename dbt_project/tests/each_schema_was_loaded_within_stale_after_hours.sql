{#- Which schemas Segment has not loaded for longer than `stale_after_hours`; 0 asks nothing. -#}
{{- seg2amp.wait_for_seeds() }}
{%- set tables = {} -%}
{%- for schema in seg2amp.setting("segment_schemas") if execute -%}
    {%- do tables.update({schema: seg2amp.raw_tables(schema)}) -%}
{%- endfor -%}
select source_relation, detail
from ({{ seg2amp.stale_sources(tables) }}) as stale
